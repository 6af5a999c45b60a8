import type { Kysely } from 'kysely';
import { addWorkingMinutes } from '../../core/calendar/calendar.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import type { Actor } from '../actor.ts';
import { closeCaseFile } from '../casefiles/close.ts';
import { withdrawCommitment } from '../commitments/withdraw.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { openCallback } from './callback-row.ts';
import { cancelledWords, movedWords } from './callback-words.ts';

export type CallbackChanged = { ok: true } | { ok: false; why: 'not_open' | 'not_a_number' | 'not_a_time' };

/** The customer is rung back on another number. What is on file stays as it is. */
export async function changeCallbackNumber(tx: Tx, id: string, typed: string): Promise<CallbackChanged> {
  const callback = await openCallback(tx.db, { id });
  if (!callback) return { ok: false, why: 'not_open' };
  const phone = normalisePhone(typed);
  if (!phone) return { ok: false, why: 'not_a_number' };
  await tx.db.updateTable('callback').set({ phone }).where('id', '=', id).execute();
  const { customerId, ownerId: advisorId, caseFileId } = callback;
  await tx.record({ type: 'callback.number_changed', customerId, advisorId, caseFileId, facts: { callbackId: id } });
  return { ok: true };
}

/** Working minutes from now that a customer may choose between. */
const LATER_MINUTES = [60, 120, 240, 480, 960];
const HALF_HOUR_MS = 1_800_000;

/** Times a callback may be moved to: when its owner works, on the half hour, each once. */
export async function callbackTimes(tx: { db: Kysely<DB>; now: Date }, ownerId: string): Promise<Date[]> {
  const roster = await readRoster(tx.db, tx.now);
  const calendar = roster.advisors.get(ownerId)?.workingHours;
  if (!calendar) return [];
  const times = LATER_MINUTES.map((minutes) => {
    const at = addWorkingMinutes(calendar, tx.now.getTime(), minutes);
    return Math.ceil(at / HALF_HOUR_MS) * HALF_HOUR_MS;
  });
  return [...new Set(times)].map((time) => new Date(time));
}

/** The callback comes before another time, one of those `callbackTimes` gave. The customer is told. */
export async function moveCallback(tx: Tx, actor: Actor, id: string, dueAt: Date): Promise<CallbackChanged> {
  const callback = await openCallback(tx.db, { id });
  if (!callback) return { ok: false, why: 'not_open' };
  const times = await callbackTimes(tx, callback.ownerId);
  if (!times.some((time) => time.getTime() === dueAt.getTime())) return { ok: false, why: 'not_a_time' };
  const { operator, advisors } = await readRoster(tx.db, tx.now);
  const name = advisors.get(callback.ownerId)?.name ?? '';
  const words = movedWords(await localeOf(tx, callback.customerId), {
    name,
    before: dueAt,
    now: tx.now,
    zone: operator.timeZone,
  });
  const done = await withdrawCommitment(tx, actor, {
    id: callback.commitmentId,
    words,
    instead: { kind: 'callback', dueAt },
  });
  return done.ok ? { ok: true } : { ok: false, why: 'not_open' };
}

/** The customer needs no call any more. A matter that was this call alone is closed; in any other something is still owed. */
export async function cancelCallback(tx: Tx, actor: Actor, id: string): Promise<CallbackChanged> {
  const callback = await openCallback(tx.db, { id });
  if (!callback) return { ok: false, why: 'not_open' };
  const { customerId, commitmentId, caseFileId, ownerId: advisorId } = callback;
  await tx.db.updateTable('callback').set({ cancelledAt: tx.now }).where('id', '=', id).execute();
  const words = cancelledWords(await localeOf(tx, customerId));
  const withdrawn = await withdrawCommitment(tx, actor, { id: commitmentId, words });
  if (!withdrawn.ok) {
    await tx.db
      .updateTable('commitment')
      .set({ withdrawnAt: tx.now, withdrawnWords: words })
      .where('id', '=', commitmentId)
      .execute();
    await closeCaseFile(tx, actor, { caseFileId, words, tell: false });
  }
  await tx.record({ type: 'callback.cancelled', customerId, advisorId, caseFileId, facts: { callbackId: id } });
  return { ok: true };
}

async function localeOf(tx: Tx, customerId: string): Promise<'fr' | 'en'> {
  const row = await tx.db.selectFrom('customer').where('id', '=', customerId).select('locale').executeTakeFirst();
  return row?.locale ?? 'fr';
}
