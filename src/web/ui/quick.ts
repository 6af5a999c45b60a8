import { gunzipSync, gzipSync } from 'node:zlib';
import type { Route, WebContext } from '../route.ts';
import { keptPages } from './kept-pages.ts';

/** How long an answer is given again without asking the database. With the minute browsers keep it, one cache period. */
const FRESH_MS = 10_000;

interface Kept {
  at: number;
  /** As it is sent: a page is kept in the form it was asked for. */
  bytes: Uint8Array<ArrayBuffer>;
  packed: boolean;
  /** Without cookies: they are one visitor's own. */
  headers: [string, string][];
}

const pagesOf = keptPages<Kept>(12_000_000, ({ bytes }) => bytes);

/**
 * A public page or feed that is the same for everyone: made at most once in ten seconds, then given from memory. Pages that differ by who asks must not be wrapped in this.
 */
export function quick(handle: Route['handle']): Route['handle'] {
  return async (c) => {
    const pages = pagesOf(c.var.house);
    const packed = takesGzip(c);
    const known = pages.get(keyOf(c, packed));
    const now = c.var.house.clock().getTime();
    if (known && Math.abs(now - known.at) < FRESH_MS) return give(c, known);
    const made = await orStale(handle, c, () => known ?? pages.get(keyOf(c, !packed)));
    if ('at' in made) return give(c, made);
    if (made.status !== 200 || !made.headers.get('Cache-Control')?.startsWith('public')) return made;
    const fresh = await keep(made, packed, now);
    pages.set(keyOf(c, packed), fresh);
    return give(c, fresh);
  };
}

async function keep(made: Response, packed: boolean, at: number): Promise<Kept> {
  const body = new Uint8Array(await made.arrayBuffer());
  const headers = [...made.headers].filter(([name]) => name !== 'content-length' && name !== 'set-cookie');
  return { at, bytes: packed ? pack(body) : body, packed, headers };
}

/** In a buffer of its own size: zlib answers with a view of 16 kB, which would stay whole as long as the page does. */
const pack = (body: Uint8Array<ArrayBuffer>) => new Uint8Array(gzipSync(body));

/** While the database is down the last answer is given again: better yesterday's feed than none. */
async function orStale(handle: Route['handle'], c: WebContext, last: () => Kept | undefined): Promise<Response | Kept> {
  try {
    return await handle(c);
  } catch (error) {
    const known = last();
    if (!known) throw error;
    c.var.house.log.error({ error: (error as Error).message, path: c.req.routePath }, 'a stale answer was given');
    return known;
  }
}

const takesGzip = (c: WebContext) => (c.req.header('accept-encoding') ?? '').includes('gzip');

/** Browsers that open a feed as a page get a page. */
function keyOf(c: WebContext, packed: boolean): string {
  const { pathname, search } = new URL(c.req.url);
  const kind = c.req.header('sec-fetch-dest') === 'document' ? 'page' : 'any';
  return `${packed ? 'packed' : 'plain'} ${kind} ${pathname}${search}`;
}

function give(c: WebContext, { bytes, packed, headers: known }: Kept): Response {
  const headers = new Headers(known);
  if (isUnchanged(c, headers)) return new Response(null, { status: 304, headers });
  if (packed && !takesGzip(c)) return new Response(gunzipSync(bytes), { headers });
  if (packed) headers.set('Content-Encoding', 'gzip');
  return new Response(bytes, { headers });
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
