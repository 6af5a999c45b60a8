import { gunzipSync, gzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { House } from '../../desk/house.ts';
import type { Route, WebContext } from '../route.ts';

/** How long an answer is given again without asking the database. With the minute browsers keep it, one cache period. */
const FRESH_MS = 10_000;
const MOST_BYTES = 12_000_000;

interface Kept {
  at: number;
  /** Once, as nearly everybody takes it. */
  gzipped: Buffer;
  /** Without cookies: they are one visitor's own. */
  headers: [string, string][];
}

const kept = new WeakMap<House, LRUCache<string, Kept>>();

/**
 * A public page or feed that is the same for everyone: made at most once in ten seconds, then given from memory. Pages that differ by who asks must not be wrapped in this.
 */
export function quick(handle: Route['handle']): Route['handle'] {
  return async (c) => {
    const pages = pagesOf(c.var.house);
    const key = keyOf(c);
    const known = pages.get(key);
    const now = c.var.house.clock().getTime();
    if (known && Math.abs(now - known.at) < FRESH_MS) return give(c, known);
    const made = await orStale(handle, c, known);
    if ('at' in made) return give(c, made);
    if (made.status !== 200 || !made.headers.get('Cache-Control')?.startsWith('public')) return made;
    const fresh = await keep(made, now);
    pages.set(key, fresh);
    return give(c, fresh);
  };
}

async function keep(made: Response, at: number): Promise<Kept> {
  return {
    at,
    gzipped: gzipSync(Buffer.from(await made.arrayBuffer())),
    headers: [...made.headers].filter(([name]) => name !== 'content-length' && name !== 'set-cookie'),
  };
}

/** While the database is down the last answer is given again: better yesterday's feed than none. */
async function orStale(handle: Route['handle'], c: WebContext, known: Kept | undefined): Promise<Response | Kept> {
  try {
    return await handle(c);
  } catch (error) {
    if (!known) throw error;
    c.var.house.log.error({ error: (error as Error).message, path: c.req.routePath }, 'a stale answer was given');
    return known;
  }
}

function pagesOf(house: House): LRUCache<string, Kept> {
  const pages =
    kept.get(house) ??
    new LRUCache<string, Kept>({ maxSize: MOST_BYTES, sizeCalculation: ({ gzipped }) => gzipped.length + 1_000 });
  kept.set(house, pages);
  return pages;
}

/** Browsers that open a feed as a page get a page. */
function keyOf(c: WebContext): string {
  const { pathname, search } = new URL(c.req.url);
  return `${c.req.header('sec-fetch-dest') === 'document' ? 'page' : 'any'} ${pathname}${search}`;
}

function give(c: WebContext, page: Kept): Response {
  const headers = new Headers(page.headers);
  if (isUnchanged(c, headers)) return new Response(null, { status: 304, headers });
  if (!(c.req.header('accept-encoding') ?? '').includes('gzip'))
    return new Response(new Uint8Array(gunzipSync(page.gzipped)), { headers });
  headers.set('Content-Encoding', 'gzip');
  return new Response(new Uint8Array(page.gzipped), { headers });
}

/** If-None-Match counts before If-Modified-Since (RFC 9110). */
function isUnchanged(c: WebContext, headers: Headers): boolean {
  const [etag, modified] = [headers.get('ETag'), headers.get('Last-Modified')];
  const match = c.req.header('if-none-match');
  if (match)
    return (
      etag !== null && match.split(',').some((each) => each.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''))
    );
  const since = c.req.header('if-modified-since');
  return Boolean(since && modified && Date.parse(modified) <= Date.parse(since));
}
