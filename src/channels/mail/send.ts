import { type Kysely, sql } from 'kysely';
import type { House } from '../../desk/house.ts';
import type { DB } from '../../desk/tables.ts';
import type { Tx } from '../../desk/tx.ts';
import { failpoint } from '../../platform/failpoint.ts';
import { type ComposedMail, composeMail } from './compose.ts';
import { tellStaff } from './tell-staff.ts';
import { STANDARD_TIMES, type Transmission, type TransmitTimes, transmit } from './transmit.ts';

/** What a job says of its mails; jobs an older Visavis wrote name one. */
type MailsOfJob = { ids?: readonly string[]; id?: string };

/** Sends the mails of one job, one after the other. Throws when one of them could not be tried, after the others were. */
export async function sendMails(house: House, { ids, id }: MailsOfJob): Promise<void> {
  const failures: unknown[] = [];
  for (const each of ids ?? (id ? [id] : []))
    await sendMail(house, each).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/**
 * Sends one mail of the outbox if it is time to. Whoever holds its lock is the only one at it; the lock dies with the
 * process. `sending_since` is committed before the dialogue, so a mail found with it and without `sent_at` may have
 * left already: it is sent again under the same Message-ID and marked as perhaps sent twice.
 */
export async function sendMail(house: House, id: string, times: TransmitTimes = STANDARD_TIMES): Promise<void> {
  const { smtpUrl } = house.config;
  if (!smtpUrl) return;
  await house.db.connection().execute(async (db) => {
    const lock = await sql<{ mine: boolean }>`select pg_try_advisory_lock(hashtextextended(${id}, 2)) as mine`.execute(
      db,
    );
    if (!lock.rows[0]?.mine) return;
    try {
      if (!(await claim(db, id, house.clock()))) return;
      failpoint('send-after-claim');
      const mail = await readMail(db, id);
      const ended = isOneAddress(mail.envelope.to[0]) ? await transmit(smtpUrl, mail, times) : NOT_AN_ADDRESS;
      failpoint('send-before-mark');
      await house.transact((tx) => settle(tx, id, ended));
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${id}, 2))`.execute(db);
    }
  });
}

async function claim(db: Kysely<DB>, id: string, now: Date): Promise<boolean> {
  const claimed = await db
    .updateTable('outgoingMail')
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

async function readMail(db: Kysely<DB>, id: string): Promise<ComposedMail> {
  const mail = await db.selectFrom('outgoingMail').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
  const attachments = await db
    .selectFrom('outgoingAttachment')
    .innerJoin('blob', 'blob.sha256', 'outgoingAttachment.sha256')
    .where('outgoingMailId', '=', id)
    .orderBy('position')
    .select(['filename', 'contentType', 'bytes'])
    .execute();
  const original = mail.originalSha256
    ? await db.selectFrom('blob').where('sha256', '=', mail.originalSha256).select('bytes').executeTakeFirstOrThrow()
    : null;
  const operator = await db.selectFrom('operator').select('accent').executeTakeFirst();
  return composeMail({
    ...mail,
    accent: operator?.accent,
    date: mail.leaveAfter,
    attachments,
    original: original?.bytes ?? null,
  });
}

const NOT_AN_ADDRESS: Transmission = { kind: 'refused', why: '553 5.1.3 not one mail address' };

function isOneAddress(address: string): boolean {
  return /^[^\s@,;<>"()]+@[^\s@,;<>"()]+$/.test(address);
}

/** Writes down how the dialogue ended, and when to try again. */
async function settle(tx: Tx, id: string, ended: Transmission): Promise<void> {
  const mail = await tx.db
    .selectFrom('outgoingMail')
    .where('id', '=', id)
    .select(['attempts', 'createdAt', 'leaveAfter', 'customerId', 'caseFileId', 'toAddress', 'kind'])
    .forUpdate()
    .executeTakeFirstOrThrow();
  const set = (values: Record<string, unknown>) =>
    tx.db.updateTable('outgoingMail').set(values).where('id', '=', id).execute();
  const log = (type: string) =>
    tx.record({
      type,
      customerId: mail.customerId,
      caseFileId: mail.caseFileId,
      facts: { mailId: id, kind: mail.kind },
    });

  if (ended.kind === 'accepted') {
    await set({ sentAt: tx.now, lastError: null, nextAttemptAt: null });
    await log('mail.sent');
    return;
  }
  const givenUp = tx.now.getTime() - mail.leaveAfter.getTime() > GIVE_UP_MS;
  if (ended.kind === 'refused' || givenUp) {
    await set({ failedAt: tx.now, lastError: ended.why, nextAttemptAt: null });
    await log('mail.failed');
    const news = { kind: 'not_sent', address: mail.toAddress, why: ended.why } as const;
    if (mail.customerId) await tellStaff(tx, { customerId: mail.customerId, caseFileId: mail.caseFileId }, news);
    return;
  }
  const nextAttemptAt = new Date(tx.now.getTime() + pauseAfter(mail.attempts));
  // Refused for now means: certainly not delivered, so the next attempt is no second one.
  await set({ nextAttemptAt, lastError: ended.why, ...(ended.kind === 'later' ? { sendingSince: null } : {}) });
  await tx.enqueue('send-mail', { id }, nextAttemptAt);
}

const GIVE_UP_MS = 3 * 86_400_000;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 2 * 3_600_000;

/** 1, 2, 4 … minutes, at most two hours. */
function pauseAfter(attempts: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 10), LONGEST_PAUSE_MS);
}

/** Gives every waiting mail a job again when its own was lost with a process that died. */
export async function sweepOutbox(tx: Tx): Promise<number> {
  const lost = await sql<{ id: string }>`
    select m.id from outgoing_mail m
    where m.sent_at is null and m.failed_at is null and m.cancelled_at is null
      and coalesce(m.next_attempt_at, m.leave_after) <= ${tx.now}
      and not exists (select 1 from pgboss.job j where j.name = 'send-mail' and j.state in ('created', 'retry')
        and (j.data->'ids' ? m.id::text or j.data->>'id' = m.id::text))
    order by coalesce(m.next_attempt_at, m.leave_after) limit 1000`.execute(tx.db);
  for (const { id } of lost.rows) await tx.enqueue('send-mail', { id });
  return lost.rows.length;
}
