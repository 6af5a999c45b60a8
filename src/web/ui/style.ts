import { createHash } from 'node:crypto';
import { accentOf } from '../../core/text/accent.ts';
import base from './base.css?raw';
import pages from './pages.css?raw';
import posts from './posts.css?raw';
import tokens from './tokens.css?raw';

/** The style sheet of a page with the operator's accent, and the Content-Security-Policy that allows it and nothing else. */
export interface PageStyle {
  css: string;
  policy: string;
}

const made = new Map<string, PageStyle>();

/** One style sheet per accent, made once and kept. */
export function styleFor(accent: string): PageStyle {
  const known = made.get(accent);
  if (known) return known;
  const { light, onLight, dark, onDark } = accentOf(accent);
  const own = `:root{--accent:light-dark(${light},${dark});--on-accent:light-dark(${onLight},${onDark})}`;
  const css = tighten(tokens) + own + tighten(base) + tighten(pages) + tighten(posts);
  const style = { css, policy: policyFor(css) };
  made.set(accent, style);
  return style;
}

function policyFor(css: string): string {
  const hash = createHash('sha256').update(css).digest('base64');
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Takes out comments and the spaces people need and browsers do not. */
function tighten(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();
}
