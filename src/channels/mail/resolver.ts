import { Resolver } from 'node:dns/promises';
import type { DNSResolver } from 'mailauth';

const PATIENCE_MS = 2_000;
const PAUSE_MS = 30_000;
const KEEP_MS = 300_000;
const MOST_KEPT = 2_000;

/**
 * Looks up DNS records for the authentication of senders. Answers are kept for five minutes. When the name server does
 * not answer at all, nobody is asked for half a minute: in the middle of an outage mail must still be read at full speed.
 */
export function createResolver(): DNSResolver {
  const resolver = new Resolver({ timeout: PATIENCE_MS, tries: 1 });
  const kept = new Map<string, { until: number; answer: Promise<string[] | string[][]> }>();
  let silentUntil = 0;
  return (domain, rrtype) => {
    const now = performance.now();
    const key = `${rrtype} ${domain.toLowerCase()}`;
    const known = kept.get(key);
    if (known && known.until > now) return known.answer;
    if (silentUntil > now) return Promise.reject(unreachable());
    const answer = resolver.resolve(domain, rrtype) as Promise<string[] | string[][]>;
    answer.catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return;
      kept.delete(key);
      if (error.code === 'ETIMEOUT' || error.code === 'ECONNREFUSED') silentUntil = performance.now() + PAUSE_MS;
    });
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, { until: now + KEEP_MS, answer });
    return answer;
  };
}

function unreachable(): NodeJS.ErrnoException {
  return Object.assign(new Error('the name server does not answer'), { code: 'ETIMEOUT' });
}
