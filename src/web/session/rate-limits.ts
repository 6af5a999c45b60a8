import { createHash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { House } from '../../desk/house.ts';

/** What is counted, how often it may be tried, in how many minutes. Counted in PostgreSQL, for all processes together. */
export const limits = {
  'sign in, by network': { points: 60, minutes: 15 },
  'sign in, by account and network': { points: 10, minutes: 15 },
  'sign in, by account': { points: 50, minutes: 60 },
  'password mail, by network': { points: 10, minutes: 60 },
  'password mail, by account': { points: 3, minutes: 60 },
  'use a link, by network': { points: 60, minutes: 15 },
  'ask for a link, by network': { points: 20, minutes: 60 },
  'ask for a link, by address': { points: 5, minutes: 60 },
  'ask for a card, by network': { points: 10, minutes: 60 },
  'ask for a card, by reference': { points: 3, minutes: 24 * 60 },
  'write a message, by network': { points: 20, minutes: 60 },
  'write a message, by address': { points: 5, minutes: 60 },
  'comment, by network': { points: 10, minutes: 60 },
  'comment, by address': { points: 5, minutes: 60 },
  'comment, by commune': { points: 120, minutes: 60 },
  'report a comment, by network': { points: 20, minutes: 60 },
  'report a comment, by address': { points: 3, minutes: 60 },
  'ask for alerts, by network': { points: 10, minutes: 60 },
  'ask for alerts, by address': { points: 3, minutes: 60 },
  'change password, by account': { points: 10, minutes: 15 },
} as const;
export type Limit = keyof typeof limits;

const limiters = new WeakMap<House, Map<Limit, RateLimiterPostgres>>();

/** Counts one attempt. False when there were too many: then nothing else may be done with the request. */
export async function mayTry(house: House, limit: Limit, key: string): Promise<boolean> {
  try {
    await limiter(house, limit).consume(hash(key));
    return true;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return false;
    throw refused;
  }
}

/** Forgets the attempts, after one that succeeded. */
export async function forgetAttempts(house: House, limit: Limit, key: string): Promise<void> {
  await limiter(house, limit).delete(hash(key));
}

/** One key for all spellings of a mail address: case, spaces, "+anything" and the width of letters do not count. */
export function addressKey(mail: string): string {
  const plain = mail.normalize('NFKC').trim().toLowerCase();
  const at = plain.lastIndexOf('@');
  return at < 0 ? plain : plain.slice(0, at).replace(/\+.*$/, '') + plain.slice(at);
}

function limiter(house: House, limit: Limit): RateLimiterPostgres {
  const all = limiters.get(house) ?? new Map<Limit, RateLimiterPostgres>();
  limiters.set(house, all);
  const found = all.get(limit) ?? createLimiter(house, limit);
  all.set(limit, found);
  return found;
}

function createLimiter(house: House, limit: Limit): RateLimiterPostgres {
  const { points, minutes } = limits[limit];
  const db = house.db.withoutPlugins();
  return new RateLimiterPostgres({
    storeClient: {
      query: ({ text, values }: { text: string; values: unknown[] }) =>
        db.executeQuery(CompiledQuery.raw(text, values)),
    },
    storeType: 'client',
    tableName: 'attempt',
    tableCreated: true,
    keyPrefix: limit,
    points,
    duration: minutes * 60,
  });
}

/** Keys are kept as hashes: the table names no one. */
function hash(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
