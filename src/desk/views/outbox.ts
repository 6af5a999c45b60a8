import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';

export interface OutboxMail {
  id: string;
  kind: string;
  to: string;
  fromName: string;
  subject: string;
  text: string;
  customerId: string | null;
  customerName: string | null;
  createdAt: Date;
  leavesAt: Date;
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled';
  stateAt: Date;
  attempts: number;
  lastError: string | null;
  perhapsTwice: boolean;
}

const MOST_OPEN = 200;
const MOST_GONE = 40;

/** Mail that failed, perhaps left twice, waits, or left recently. */
export async function outbox(db: Kysely<DB>): Promise<OutboxMail[]> {
  const [open, gone] = await Promise.all([
    mails(db)
      .where('sentAt', 'is', null)
      .where('cancelledAt', 'is', null)
      .orderBy('createdAt')
      .limit(MOST_OPEN)
      .execute(),
    mails(db).where('sentAt', 'is not', null).orderBy('sentAt', 'desc').limit(MOST_GONE).execute(),
  ]);
  return [...open, ...gone].map(({ sentAt, failedAt, cancelledAt, sendingSince, ...mail }) => {
    const state = stateOf({ sentAt, failedAt, cancelledAt, sendingSince });
    const stateAt = sentAt ?? failedAt ?? cancelledAt ?? sendingSince ?? mail.leavesAt;
    return { ...mail, state, stateAt };
  });
}

/** How many mails could not be sent. */
export async function failedCount(db: Kysely<DB>): Promise<number> {
  const row = await db
    .selectFrom('outgoingMail')
    .where('failedAt', 'is not', null)
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

function mails(db: Kysely<DB>) {
  return db
    .selectFrom('outgoingMail')
    .leftJoin('customer', 'customer.id', 'outgoingMail.customerId')
    .select(['outgoingMail.id', 'outgoingMail.kind', 'toAddress as to', 'fromName', 'subject', 'customerId'])
    .select(['customer.name as customerName', 'outgoingMail.createdAt', 'attempts', 'lastError', 'perhapsTwice'])
    .select(['sentAt', 'failedAt', 'cancelledAt', 'sendingSince'])
    .select([
      sql<string>`left(text, 5000)`.as('text'),
      sql<Date>`coalesce(next_attempt_at, leave_after)`.as('leavesAt'),
    ]);
}

function stateOf(
  mail: Record<'sentAt' | 'failedAt' | 'cancelledAt' | 'sendingSince', Date | null>,
): OutboxMail['state'] {
  if (mail.sentAt) return 'sent';
  if (mail.failedAt) return 'failed';
  if (mail.cancelledAt) return 'cancelled';
  return mail.sendingSince ? 'sending' : 'waiting';
}
