import { createHmac, timingSafeEqual } from 'node:crypto';
import { slugOf } from '../text/slug.ts';

// A public address of an advisor: "samira-bourlanney-2611-k3f7qa", good for one month. The six signs are 30 bits of an
// HMAC over advisor, month and generation: nobody can make one up, and no table is needed to know ours again.

export interface Alias {
  advisorId: string;
  /** Two digits of the year and two of the month: "2611". */
  month: string;
  /** How many of this month were replaced before. */
  generation: number;
}

/** An advisor is never replaced more often in one month. */
export const MOST_GENERATIONS = 20;
const SIGNS = 6;

/** The month of an alias at this moment, in UTC: when exactly it turns over does not matter to anyone. */
export function aliasMonth(at: Date): string {
  return at.toISOString().slice(2, 7).replace('-', '');
}

/** The local part of an alias. The name is for people; only the month and the signs count. */
export function signAlias({ advisorId, month, generation }: Alias, name: string, key: Uint8Array): string {
  return `${slugOf(name, 40) || 'contact'}-${month}-${signsOf({ advisorId, month, generation }, key)}`;
}

/** Whose alias a local part is, among these advisors; null when it is none of ours, damaged or made up. */
export function readAlias(localPart: string, advisorIds: Iterable<string>, key: Uint8Array): Alias | null {
  const [, month, signs] = /-(\d{4})-([a-z2-7]{6})$/.exec(localPart.toLowerCase()) ?? [];
  if (!month || !signs) return null;
  for (const advisorId of advisorIds)
    for (let generation = 0; generation < MOST_GENERATIONS; generation++) {
      const alias = { advisorId, month, generation };
      if (timingSafeEqual(Buffer.from(signsOf(alias, key)), Buffer.from(signs))) return alias;
    }
  return null;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function signsOf({ advisorId, month, generation }: Alias, key: Uint8Array): string {
  const mac = createHmac('sha256', key).update(`visavis alias ${advisorId} ${month} ${generation}`).digest();
  return [...mac.subarray(0, SIGNS)].map((byte) => ALPHABET[byte & 31]).join('');
}
