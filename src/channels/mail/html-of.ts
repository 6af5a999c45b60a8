import { accentOf } from '../../core/text/accent.ts';
import { palette } from '../../core/text/palette.ts';

/**
 * The text as an HTML letter: paragraphs, line breaks, links one can touch, in the colours of the pages with the operator's
 * accent, by day and by night. Loads nothing from anywhere. A mail program that drops the style still shows the letter.
 */
export function htmlOf(text: string, accent = '#1d4e5f'): string {
  const parts = text.trim().split(/\n{2,}/);
  const paragraphs = parts.map((part, index) => {
    const last = index > 0 && index === parts.length - 1 && part.includes('\n');
    return `<p${last ? ' class="s"' : ''} style="margin:0 0 1em">${linked(part).replaceAll('\n', '<br>\n')}</p>`;
  });
  return [
    '<!doctype html>',
    '<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<style>${styleOf(accent)}</style></head>`,
    '<body style="margin:0 auto;padding:24px;font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif;max-width:40em">',
    ...paragraphs,
    '</body></html>',
  ].join('\n');
}

function styleOf(accent: string): string {
  const { light, dark } = accentOf(accent);
  const scheme = (colours: (typeof palette)['light' | 'dark'], link: string) =>
    `body{background:${colours.paper};color:${colours.ink}}a{color:${link}}.s{border-top:1px solid ${colours.rule};padding-top:1em;color:${colours.soft}}`;
  return `:root{color-scheme:light dark}${scheme(palette.light, light)}@media(prefers-color-scheme:dark){${scheme(palette.dark, dark)}}`;
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? link(part) : escaped(part)))
    .join('');
}

/** A full stop after a link belongs to the sentence. */
function link(url: string): string {
  const end = /[.,;:!?)\]]*$/.exec(url)?.[0] ?? '';
  const address = escaped(url.slice(0, url.length - end.length));
  return `<a href="${address}">${address}</a>${escaped(end)}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
