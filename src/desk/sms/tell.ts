import type { Kysely } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { mobileOf } from './mobile.ts';

export type Way = { sms: string } | { mail: string };

export interface HowToTell {
  /** A number to take before others on file. */
  preferred?: string | null | undefined;
  /** By SMS before mail: they phone or text, or have to know at once. */
  smsFirst: boolean;
  /** Whether it fits an SMS at all. */
  sms: boolean;
}

/**
 * By SMS to a mobile on file or by mail. Where no SMS link is configured one is written only when there is no mail: the
 * outbox shows it. Undefined: neither can be.
 */
export async function wayToTell(tx: Tx, customerId: string, how: HowToTell): Promise<Way | undefined> {
  const [mobile, mail] = await Promise.all([
    how.sms ? mobileOf(tx.db, customerId, how.preferred) : undefined,
    workingMail(tx.db, customerId),
  ]);
  if (mobile && (how.smsFirst || !mail) && (tx.smsLeaves || !mail)) return { sms: mobile };
  return mail ? { mail } : undefined;
}

async function workingMail(db: Kysely<DB>, customerId: string): Promise<string | undefined> {
  const [point] = await workingMails(db, { customerId });
  return point?.value;
}

const workingMails = prepared((db: Kysely<DB>, given: { customerId: string }) =>
  db
    .selectFrom('contactPoint')
    .where('customerId', '=', given.customerId)
    .where('kind', '=', 'mail')
    .where('failingSince', 'is', null)
    .select('value')
    .orderBy('id')
    .limit(1),
);
