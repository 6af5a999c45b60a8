import { type Kysely, sql } from 'kysely';
import { hidePersonalLinks, type Readable } from '../../core/text/personal-links.ts';
import type { Actor } from '../actor.ts';
import { can } from '../permissions.ts';
import type { DB } from '../tables.ts';

export interface OutboxMail {
  id: string;
  kind: string;
  to: string;
  fromName: string;
  subject: string;
  text: string;
  /** Whether a personal link was taken out of the text: it is for whom the message is for. */
  linkHidden: boolean;
  customerId: string | null;
  customerName: string | null;
  createdAt: Date;
  leavesAt: Date;
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled';
  stateAt: Date;
  attempts: number;
  lastError: string | null;
  perhapsTwice: boolean;
  channel: 'mail' | 'sms';
  /** Of an SMS: how many are charged, and what the network said of it. */
  parts: number | null;
  arrived: boolean | null;
}

/** Who reads the outbox, and what can leave. */
export interface OutboxReader {
  actor: Actor;
  sendsMail: boolean;
  sendsSms: boolean;
}

const MOST_OPEN = 200;
const MOST_GONE = 40;

/**
 * Mail and SMS that failed, perhaps left twice, wait, or left recently. Personal links are not shown: whoever reads one
 * could be its owner. Only while no mail can leave at all, first steps have no other way to them.
 */
export async function outbox(db: Kysely<DB>, reader: OutboxReader): Promise<OutboxMail[]> {
  const [open, gone, openSms, goneSms] = await Promise.all([
    mails(db)
      .where('sentAt', 'is', null)
      .where('cancelledAt', 'is', null)
      .orderBy('createdAt')
      .limit(MOST_OPEN)
      .execute(),
    mails(db).where('sentAt', 'is not', null).orderBy('sentAt', 'desc').limit(MOST_GONE).execute(),
    sms(db)
      .where('sentAt', 'is', null)
      .where('cancelledAt', 'is', null)
      .orderBy('createdAt')
      .limit(MOST_OPEN)
      .execute(),
    sms(db).where('sentAt', 'is not', null).orderBy('sentAt', 'desc').limit(MOST_GONE).execute(),
  ]);
  const both = [
    ...[...open, ...gone].map((mail) => ({ ...mail, channel: 'mail' as const, parts: null, arrived: null })),
    ...[...openSms, ...goneSms].map(({ deliveredAt, undeliveredAt, ...each }) => ({
      ...each,
      fromName: '',
      subject: '',
      channel: 'sms' as const,
      arrived: deliveredAt ? true : undeliveredAt ? false : null,
    })),
  ].map(({ sentAt, failedAt, cancelledAt, sendingSince, ...mail }) => {
    const state = stateOf({ sentAt, failedAt, cancelledAt, sendingSince });
    const stateAt = sentAt ?? failedAt ?? cancelledAt ?? sendingSince ?? mail.leavesAt;
    const text = hidePersonalLinks(mail.text, readableLinks(reader, mail.channel, state));
    return { ...mail, text, linkHidden: text !== mail.text, state, stateAt };
  });
  const newestLast = (left: OutboxMail, right: OutboxMail) => left.createdAt.getTime() - right.createdAt.getTime();
  const newestFirst = (left: OutboxMail, right: OutboxMail) => right.stateAt.getTime() - left.stateAt.getTime();
  return [
    ...both.filter(({ state }) => state !== 'sent').sort(newestLast),
    ...both.filter(({ state }) => state === 'sent').sort(newestFirst),
  ];
}

/** What may still be read: nothing once a server is set or the message has gone, and the staff's by administrators alone. */
function readableLinks(
  { actor, sendsMail, sendsSms }: OutboxReader,
  channel: OutboxMail['channel'],
  state: OutboxMail['state'],
): Readable {
  const customers = !sendsMail && !(channel === 'sms' && sendsSms) && state !== 'sent';
  return { customers, staff: customers && can(actor, 'run the installation') };
}

/** How many mails and SMS could not be sent. */
export async function failedCount(db: Kysely<DB>): Promise<number> {
  const found = await sql<{ count: number }>`select (select count(*) from outgoing_mail where failed_at is not null)
    + (select count(*) from outgoing_sms where failed_at is not null) as count`.execute(db);
  return Number(found.rows[0]?.count ?? 0);
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

function sms(db: Kysely<DB>) {
  return db
    .selectFrom('outgoingSms')
    .innerJoin('customer', 'customer.id', 'outgoingSms.customerId')
    .select(['outgoingSms.id', 'outgoingSms.kind', 'toPhone as to', 'customerId', 'text', 'parts'])
    .select(['customer.name as customerName', 'outgoingSms.createdAt', 'attempts', 'lastError', 'perhapsTwice'])
    .select(['sentAt', 'failedAt', 'cancelledAt', 'sendingSince', 'deliveredAt', 'undeliveredAt'])
    .select(sql<Date>`coalesce(next_attempt_at, leave_after)`.as('leavesAt'));
}

function stateOf(
  mail: Record<'sentAt' | 'failedAt' | 'cancelledAt' | 'sendingSince', Date | null>,
): OutboxMail['state'] {
  if (mail.sentAt) return 'sent';
  if (mail.failedAt) return 'failed';
  if (mail.cancelledAt) return 'cancelled';
  return mail.sendingSince ? 'sending' : 'waiting';
}
