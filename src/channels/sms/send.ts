import { type Kysely, sql } from 'kysely';
import type { House } from '../../desk/house.ts';
import { mobileOf } from '../../desk/sms/mobile.ts';
import { noteDelivered } from '../../desk/sms/receipts.ts';
import type { OwnRefusal } from '../../desk/sms/staff-words.ts';
import { tellStaffOfSms } from '../../desk/sms/tell-staff.ts';
import type { DB } from '../../desk/tables.ts';
import type { Tx } from '../../desk/tx.ts';
import { failpoint } from '../../platform/failpoint.ts';
import type { HandedOver, SmsLink } from './port.ts';

/**
 * Hands over one SMS of the outbox if it is time to. Whoever holds its lock is the only one at it; the lock dies with the
 * process. `sending_since` is committed before, so an SMS found with it and without `sent_at` may have left already: it
 * is sent again, from the first part nobody accepted, and marked as perhaps sent twice.
 */
export async function sendSms(house: House, link: SmsLink | undefined, id: string): Promise<void> {
  const from = house.config.sms?.from;
  if (!link || !from) return;
  await house.db.connection().execute(async (db) => {
    const lock = await sql<{ mine: boolean }>`select pg_try_advisory_lock(hashtextextended(${id}, 4)) as mine`.execute(
      db,
    );
    if (!lock.rows[0]?.mine) return;
    try {
      if (!(await claim(db, id, house.clock()))) return;
      failpoint('sms-send-after-claim');
      const ended = await handOver(house, db, link, id, from);
      failpoint('sms-send-before-mark');
      await house.transact((tx) => settle(tx, id, ended));
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${id}, 4))`.execute(db);
    }
  });
}

async function claim(db: Kysely<DB>, id: string, now: Date): Promise<boolean> {
  const claimed = await db
    .updateTable('outgoingSms')
    .set((eb) => ({
      sendingSince: now,
      attempts: eb('attempts', '+', 1),
      perhapsTwice: sql<boolean>`perhaps_twice or sending_since is not null`,
    }))
    .where('id', '=', id)
    .where('sentAt', 'is', null)
    .where('failedAt', 'is', null)
    .where('cancelledAt', 'is', null)
    .where((eb) => eb(eb.fn.coalesce('nextAttemptAt', 'leaveAfter'), '<=', now))
    .returning('id')
    .executeTakeFirst();
  return claimed !== undefined;
}

async function handOver(house: House, db: Kysely<DB>, link: SmsLink, id: string, from: string): Promise<HandedOver> {
  const sms = await db.selectFrom('outgoingSms').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
  if (isTooLate(sms, house.clock())) return refused('too_late');
  // The file may have changed since it was written: a number taken off it, or STOP.
  if (sms.kind !== 'stop' && (await mobileOf(db, sms.customerId, sms.toPhone)) !== sms.toPhone)
    return refused('no_longer_on_file');
  const parts = await db.selectFrom('outgoingSmsPart').where('outgoingSmsId', '=', id).select('part').execute();
  const accepted = parts.map(({ part }) => part);
  const { toPhone: to, text, attempts } = sms;
  return link.send({ id, from, to, text, attempts, accepted }, async (part, reference) => {
    await house.transact(async (tx) => {
      await tx.db
        .insertInto('outgoingSmsPart')
        .values({ outgoingSmsId: id, part, reference: reference.slice(0, 200), acceptedAt: tx.now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  });
}

function refused(why: OwnRefusal): HandedOver {
  return { kind: 'refused', why };
}

const LATEST_AUTOMATIC_MS = 6 * 3_600_000;
const LATEST_REPLY_MS = 24 * 3_600_000;

/** A promise of yesterday is news to nobody; a person's answer may come a day late, and then its writer is told. */
function isTooLate(sms: { automatic: boolean; leaveAfter: Date }, now: Date): boolean {
  return now.getTime() - sms.leaveAfter.getTime() > (sms.automatic ? LATEST_AUTOMATIC_MS : LATEST_REPLY_MS);
}

/** Writes down how it ended, and when to try again. */
async function settle(tx: Tx, id: string, ended: HandedOver): Promise<void> {
  const sms = await tx.db
    .selectFrom('outgoingSms')
    .where('id', '=', id)
    .select(['attempts', 'customerId', 'caseFileId', 'kind', 'toPhone', 'text', 'cancelledAt'])
    .forUpdate()
    .executeTakeFirstOrThrow();
  const { kind, customerId, caseFileId } = sms;
  const set = (values: Record<string, unknown>) =>
    tx.db.updateTable('outgoingSms').set(values).where('id', '=', id).execute();
  const log = (type: string) => tx.record({ type, customerId, caseFileId, facts: { smsId: id, kind } });
  if (ended.kind === 'accepted') {
    // STOP that came while it was on its way: it has left all the same, and that is what is written down.
    await set({ sentAt: tx.now, lastError: null, nextAttemptAt: null, cancelledAt: null });
    await log('sms.sent');
    // The network may have said that it arrived before it said that it has it.
    return noteDelivered(tx, id);
  }
  if (sms.cancelledAt) return;
  if (ended.kind === 'refused') {
    await set({ failedAt: tx.now, lastError: ended.why, nextAttemptAt: null });
    await log('sms.failed');
    return tellStaffOfSms(tx, sms, { kind: 'not_sent', why: ended.why });
  }
  const pause = pauseAfter(sms.attempts, ended.kind === 'later' && ended.soon === true);
  const nextAttemptAt = new Date(tx.now.getTime() + pause);
  // Refused for now means: certainly not accepted, so the next attempt is no second one.
  await set({ nextAttemptAt, lastError: ended.why, ...(ended.kind === 'later' ? { sendingSince: null } : {}) });
  await tx.enqueue('send-sms', { id }, nextAttemptAt);
}

/** Throttled, or the line being connected again: 2, 4, 8 … s, at most a minute. Anything else: 15, 30 … s, at most 10 min. */
function pauseAfter(attempts: number, soon: boolean): number {
  const [first, longest] = soon ? [2_000, 60_000] : [15_000, 600_000];
  return Math.min(first * 2 ** Math.min(attempts - 1, 10), longest);
}

/** Gives waiting SMS a job again whose own was lost with a process that died. */
export async function sweepSmsOutbox(tx: Tx): Promise<void> {
  const lost = await sql<{ id: string }>`
    select m.id from outgoing_sms m
    where m.sent_at is null and m.failed_at is null and m.cancelled_at is null
      and coalesce(m.next_attempt_at, m.leave_after) <= ${tx.now}
      and not exists (select 1 from pgboss.job j where j.name = 'send-sms' and j.data->>'id' = m.id::text
        and j.state in ('created', 'retry'))
    order by coalesce(m.next_attempt_at, m.leave_after) limit 500`.execute(tx.db);
  for (const { id } of lost.rows) await tx.enqueue('send-sms', { id });
}
