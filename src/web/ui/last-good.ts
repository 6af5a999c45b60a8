import { LRUCache } from 'lru-cache';
import type { WebContext } from '../route.ts';

/** A public page as it was last shown well. */
interface Kept {
  body: Buffer<ArrayBuffer>;
  headers: [string, string][];
}

const pages = new LRUCache<string, Kept>({ maxSize: 8_000_000, sizeCalculation: ({ body }) => body.length + 1_000 });

/** Remembers a public page, for when the database is away. Whatever was not shown for longest is forgotten first. */
export function rememberGood(c: WebContext, body: Buffer<ArrayBuffer>, headers: [string, string][]): void {
  pages.set(keyOf(c), { body, headers });
}

/** This public page as it was last shown, or undefined; for answering while something of ours is broken. */
export function lastGood(c: WebContext): Response | undefined {
  const kept = c.req.method === 'GET' ? pages.get(keyOf(c)) : undefined;
  if (!kept) return undefined;
  for (const [name, value] of kept.headers) c.header(name, value);
  c.header('Cache-Control', 'no-cache');
  c.header('Warning', '110 - "Response is Stale"');
  c.header('Content-Type', 'text/html; charset=UTF-8');
  return c.body(kept.body);
}

function keyOf(c: WebContext): string {
  const { pathname, search } = new URL(c.req.url);
  return `${c.var.house.config.origin} ${pathname}${search}`;
}
