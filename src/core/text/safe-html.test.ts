import { readFileSync } from 'node:fs';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { corpusFile } from '../../channels/mail/parse/fixtures/read-fixtures.ts';
import { HIDDEN_IMAGE_CLASS, safeHtml } from './safe-html.ts';

const resolve = (id: string) => (id === 'plan@example.org' ? '/parts/1' : null);
const shown = (html: string, remoteImages = false) => safeHtml(html, resolve, { remoteImages });

const ownPayloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg onload=alert(1)><animate onbegin=alert(1)>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<a href="java&#10;script:alert(1)">x</a>',
  '<a href="&#x6A;avascript:alert(1)">x</a>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<base href="//example.net/"><form action="//example.net"><input name=p><button formaction=javascript:alert(1)>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)"><link rel=stylesheet href=//example.net/x.css>',
  '<style>@import url(//example.net/x.css); p{background:url(//example.net)}</style>',
  '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9;background:url(https://example.net/a)">x</div>',
  '<p style="color:expression(alert(1));width:calc(1px);background-image:url(javascript:alert(1))">x</p>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<x onclick=alert(1) id=root name=body>x</x><a id=app name=app href=#>x</a>',
  '<object data="data:text/html,<script>alert(1)</script>"></object><embed src=//example.net>',
  '"><img src=x onerror=alert(1)><!--><script>alert(1)</script-->',
];

function payloads(): string[] {
  const list = corpusFile('attacks/xss-payloads.txt');
  const naughty = corpusFile('attacks/naughty-strings.txt');
  const known = [list, naughty].flatMap((path) => (path ? readFileSync(path, 'utf8').split('\n') : []));
  // The lists write control signs as \x0B: once as they stand, once as what they mean.
  const meant = known.map((line) =>
    line.replace(/\\x([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
  return [...ownPayloads, ...known, ...meant].filter((line) => line.trim() !== '');
}

describe('attacks in a mail body', () => {
  it('leave nothing that runs, fetches, overlays or submits', () => {
    const alive = payloads().flatMap((payload) => dangers(shown(payload, true)).map((danger) => ({ payload, danger })));
    expect(alive).toEqual([]);
  });

  it('nor do they all together in one mail', () => {
    expect(dangers(shown(`<div>${payloads().join('\n')}</div>`, true))).toEqual([]);
  });

  it('the check itself sees them', () => {
    for (const payload of [
      '<p onclick=x>',
      '<script>',
      '<a href="javascript:x">',
      '<p style="position:fixed">',
      '<img src="data:image/svg+xml,x">',
    ]) {
      expect(dangers(payload)).not.toEqual([]);
    }
  });
});

describe('pictures', () => {
  it('of the mail itself are shown', () => {
    expect(shown('<img src="cid:plan%40example.org" alt="plan">')).toBe('<img alt="plan" src="/parts/1" />');
  });

  it('from elsewhere are hidden until asked for, without a trace of their address', () => {
    const html = '<img src="https://example.net/pixel.gif?who=paul" srcset="https://example.net/2 2x" width="1">';
    expect(shown(html)).toBe(`<img width="1" alt="" class="${HIDDEN_IMAGE_CLASS}" />`);
    expect(shown(html, true)).toContain('src="https://example.net/pixel.gif?who=paul"');
    expect(shown(html, true)).not.toContain('srcset');
  });

  it('are not fetched by styles, backgrounds or videos either', () => {
    const html =
      '<table background="https://example.net/a"><tr><td style="background:#fff url(https://example.net/b)">x</td></tr></table><video poster="https://example.net/c">';
    expect(shown(html)).not.toContain('example.net');
  });

  it('that do not exist leave their words', () => {
    expect(shown('<img src="cid:lost" alt="le plan">')).toBe('<img alt="le plan" />');
  });
});

describe('what a person wrote stays', () => {
  it('with its dress', () => {
    const html = '<p style="color: #336699; font-size: 12pt; position: absolute">Coupé <b>depuis</b> lundi</p>';
    expect(shown(html)).toBe('<p style="color:#336699;font-size:12pt">Coupé <b>depuis</b> lundi</p>');
  });

  it('also where the head is never closed', () => {
    expect(shown('<html><head><title>t</title><body>Bonjour')).toBe('Bonjour');
  });

  it('links leave the frame and tell nothing', () => {
    expect(shown('<a href="https://example.org/x" onclick="y()">x</a>')).toBe(
      '<a href="https://example.org/x" target="_blank" rel="noopener noreferrer nofollow">x</a>',
    );
  });
});

type Node = DefaultTreeAdapterMap['node'];
const forbiddenTags =
  /^(script|style|iframe|frame|frameset|object|embed|applet|base|form|input|button|select|textarea|meta|link|svg|math|video|audio|source|template|noscript|portal|marquee|dialog|animate|set|isindex)$/;

/** Walks the DOM a browser would build and lists what could do harm in it. */
function dangers(html: string): string[] {
  const found: string[] = [];
  const waiting: Node[] = [parseFragment(html)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ('childNodes' in node) waiting.push(...node.childNodes);
    if (!('tagName' in node)) continue;
    if (forbiddenTags.test(node.tagName)) found.push(`<${node.tagName}>`);
    for (const { name, value } of node.attrs)
      if (isDangerous(name, value)) found.push(`${node.tagName} ${name}=${value}`);
  }
  return found;
}

function isDangerous(name: string, value: string): boolean {
  const plain = value.replace(/[\p{Cc}\s]/gu, '').toLowerCase();
  if (
    /^on|^(id|name|srcdoc|srcset|formaction|action|background|poster|ping|data|xlink:href|contenteditable|autofocus|slot|is)$/.test(
      name,
    )
  )
    return true;
  if (name === 'href') return !/^(https?:\/\/[^/]|mailto:|tel:)/.test(plain);
  if (name === 'src') return !/^(https?:\/\/|data:image\/(png|jpe?g|gif|webp);base64,|\/parts\/)/.test(plain);
  if (name === 'style')
    return /url\(|expression|import|position|z-index|behaviou?r|-moz-binding|\\|\/\*|calc|var\(|opacity|transform/.test(
      plain,
    );
  return /^(javascript|vbscript|livescript):/.test(plain);
}
