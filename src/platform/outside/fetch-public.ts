import { type LookupAddress, type LookupAllOptions, lookup as systemLookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch, type Response } from 'undici';
import { isPublicAddress, type MayConnect } from './public-address.ts';

export interface Asked {
  /** What the last answer said, to be told when nothing has changed since. */
  etag?: string | null;
  lastModified?: string | null;
  mayConnect?: MayConnect;
  /** How a name becomes addresses: the system's way, unless a test plays a hostile name server. */
  lookUp?: LookUp;
  mostBytes?: number;
  withinMs?: number;
}

type LookUp = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export type FailedWhy = 'refused' | 'unreachable' | 'status' | 'too_large' | 'too_slow' | 'redirects';
export type Fetched =
  | {
      kind: 'fetched';
      bytes: Buffer;
      contentType: string;
      etag: string | null;
      lastModified: string | null;
      url: string;
    }
  | { kind: 'unchanged' }
  | { kind: 'failed'; why: FailedWhy };

const MOST_REDIRECTS = 4;
const MOST_BYTES = 3_000_000;
const WITHIN_MS = 15_000;

class Refused extends Error {}

/**
 * Fetches an address somebody typed, without letting it lead into our own network: every address is checked when the
 * connection is opened (a name may mean another address a moment later), at every redirect, with limits of size
 * (unpacked) and time. Sends no cookie and no secret. Never throws for what the other side does.
 */
export async function fetchPublic(url: string, asked: Asked = {}): Promise<Fetched> {
  const { mayConnect = isPublicAddress, lookUp = systemLookUp, withinMs = WITHIN_MS, mostBytes = MOST_BYTES } = asked;
  const dispatcher = new Agent({
    connect: guarded(mayConnect, lookUp),
    headersTimeout: withinMs,
    bodyTimeout: withinMs,
    maxHeaderSize: 32_768,
  });
  const signal = AbortSignal.timeout(withinMs);
  try {
    let at = url;
    for (let turn = 0; turn <= MOST_REDIRECTS; turn++) {
      if (!isWebAddress(at)) return { kind: 'failed', why: 'refused' };
      const answer = await fetch(at, { dispatcher, signal, redirect: 'manual', headers: headersOf(asked) });
      const next = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || answer.status === 304 || !next)
        return await read(answer, at, mostBytes);
      await answer.body?.cancel();
      if (!URL.canParse(next, at)) return { kind: 'failed', why: 'status' };
      at = new URL(next, at).href;
    }
    return { kind: 'failed', why: 'redirects' };
  } catch (error) {
    return { kind: 'failed', why: whyOf(error, signal) };
  } finally {
    await dispatcher.destroy();
  }
}

function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && !username && !password;
}

function headersOf({ etag, lastModified }: Asked): Record<string, string> {
  return {
    'User-Agent': 'Visavis feed reader',
    Accept: 'application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5',
    ...(etag ? { 'If-None-Match': etag } : {}),
    ...(lastModified ? { 'If-Modified-Since': lastModified } : {}),
  };
}

/** Every connection goes through here: addresses written as such, and every address a name stands for. */
function guarded(mayConnect: MayConnect, lookUp: LookUp): buildConnector.connector {
  return (options, done) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const literal = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) && !mayConnect(literal, port)) return done(new Refused(literal), null);
    return buildConnector({ lookup: checkedLookup(mayConnect, lookUp, port), timeout: 10_000 })(options, done);
  };
}

/** The very addresses that are checked are those that are connected to. */
function checkedLookup(mayConnect: MayConnect, lookUp: LookUp, port: number): LookupFunction {
  return (hostname, options, done) =>
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      const refused = addresses.find(({ address }) => !mayConnect(address, port));
      const [first] = addresses;
      if (refused || !first) return done(new Refused(hostname), '', 0);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
}

async function read(answer: Response, url: string, mostBytes: number): Promise<Fetched> {
  if (answer.status === 304) return { kind: 'unchanged' };
  if (!answer.ok) {
    await answer.body?.cancel();
    return { kind: 'failed', why: 'status' };
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > mostBytes) return { kind: 'failed', why: 'too_large' };
    parts.push(part);
  }
  const header = (name: string) => answer.headers.get(name);
  return {
    kind: 'fetched',
    bytes: Buffer.concat(parts),
    contentType: header('content-type') ?? '',
    etag: header('etag')?.slice(0, 500) ?? null,
    lastModified: header('last-modified')?.slice(0, 100) ?? null,
    url,
  };
}

function whyOf(error: unknown, signal: AbortSignal): FailedWhy {
  if (signal.aborted) return 'too_slow';
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Refused) return 'refused';
    if (/timeout/i.test(cause.name + cause.message)) return 'too_slow';
  }
  return 'unreachable';
}
