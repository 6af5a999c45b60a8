import type { WebContext } from '../route.ts';
import { keptPages } from './kept-pages.ts';

/** A public page as it was last shown well. */
interface Kept {
  body: Buffer<ArrayBuffer>;
  headers: [string, string][];
}

const pagesOf = keptPages<Kept>(8_000_000, ({ body }) => body);

/** Remembers a public page, for when the database is away. */
export function rememberGood(c: WebContext, body: Buffer<ArrayBuffer>, headers: [string, string][]): void {
  pagesOf(c.var.house).set(keyOf(c), { body, headers });
}

/** This public page as it was last shown, or undefined; for answering while something of ours is broken. */
export function lastGood(c: WebContext): Response | undefined {
  const page = c.req.method === 'GET' ? pagesOf(c.var.house).get(keyOf(c)) : undefined;
  if (!page) return undefined;
  for (const [name, value] of page.headers) c.header(name, value);
  c.header('Cache-Control', 'no-cache');
  c.header('Warning', '110 - "Response is Stale"');
  c.header('Content-Type', 'text/html; charset=UTF-8');
  return c.body(page.body);
}

function keyOf(c: WebContext): string {
  const { pathname, search } = new URL(c.req.url);
  return `${pathname}${search}`;
}
