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

export interface Outbox {
  mails: OutboxMail[];
  /** How many older ones are not among them. */
  more: { failed: number; waiting: number };
}

/**
 * Mail and SMS that failed, perhaps left twice, wait, or left recently, the newest first. Personal links are not shown:
 * whoever reads one could be its owner. Only while no mail can leave at all, first steps have no other way to them.
 */
export async function outbox(db: Kysely<DB>, reader: OutboxReader): Promise<Outbox> {
  const [written, short, more] = await Promise.all([mailRows(db), smsRows(db), countMore(db)]);
  const all = [
    ...written.map((mail) => ({ ...mail, channel: 'mail' as const, parts: null, arrived: null })),
    ...short.map(({ deliveredAt, undeliveredAt, ...each }) => ({
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
  const newestFirst = (at: 'createdAt' | 'stateAt') => (a: OutboxMail, b: OutboxMail) =>
    b[at].getTime() - a[at].getTime();
  const mails = [
    ...all.filter(({ state }) => state !== 'sent').sort(newestFirst('createdAt')),
    ...all.filter(({ state }) => state === 'sent').sort(newestFirst('stateAt')),
  ];
  return { mails, more };
}

/** Failed ones are asked for apart: they must not vanish behind what merely waits. */
async function mailRows(db: Kysely<DB>) {
  const open = mails(db).where('sentAt', 'is', null).where('cancelledAt', 'is', null).limit(MOST_OPEN);
  const rows = await Promise.all([
    open.where('failedAt', 'is not', null).orderBy('outgoingMail.createdAt', 'desc').execute(),
    open.where('failedAt', 'is', null).orderBy('outgoingMail.createdAt', 'desc').execute(),
    mails(db).where('sentAt', 'is not', null).orderBy('sentAt', 'desc').limit(MOST_GONE).execute(),
  ]);
  return rows.flat();
}

async function smsRows(db: Kysely<DB>) {
  const open = sms(db).where('sentAt', 'is', null).where('cancelledAt', 'is', null).limit(MOST_OPEN);
  const rows = await Promise.all([
    open.where('failedAt', 'is not', null).orderBy('outgoingSms.createdAt', 'desc').execute(),
    open.where('failedAt', 'is', null).orderBy('outgoingSms.createdAt', 'desc').execute(),
    sms(db).where('sentAt', 'is not', null).orderBy('sentAt', 'desc').limit(MOST_GONE).execute(),
  ]);
  return rows.flat();
}

/** How many are left out of the lists of each kind. */
async function countMore(db: Kysely<DB>): Promise<Outbox['more']> {
  const { rows } = await sql<{ failed: number; waiting: number }>`
    select sum(greatest(failed - ${MOST_OPEN}, 0))::int as failed, sum(greatest(waiting - ${MOST_OPEN}, 0))::int as waiting
    from (
      select count(failed_at) as failed, count(*) - count(failed_at) as waiting from outgoing_mail
        where sent_at is null and cancelled_at is null
      union all
      select count(failed_at), count(*) - count(failed_at) from outgoing_sms
        where sent_at is null and cancelled_at is null
    ) as kinds`.execute(db);
  return rows[0] ?? { failed: 0, waiting: 0 };
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
