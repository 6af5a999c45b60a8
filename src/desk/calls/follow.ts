import { system } from '../actor.ts';
import { setAsideTrayItem } from '../interactions/tray.ts';
import type { Tx } from '../tx.ts';
import { type CallRow, lockCall } from './call-row.ts';
import { tryAgainLater } from './callback-tries.ts';
import { wasTransferred } from './follow-transfer.ts';
import { oweAnswer } from './owe-answer.ts';
import { settleTalk, settleTry } from './settle-talk.ts';
import { putOnTimeline } from './timeline.ts';

export interface CallEvent {
  callId: string;
  kind: 'ringing' | 'answered' | 'missed' | 'ended';
  at: Date;
  /** Place in the ring list. */
  attempt: number;
  /** Who, from a phone system that follows no list of ours; stands before `attempt`. */
  advisorId?: string | null;
  /** A missed caller was told when they are answered at the latest. */
  answerBefore?: Date | undefined;
}

/**
 * Takes one event of a call into its row. Events may come twice, late, swapped, or to two processes: an answer is final
 * and stands above a missed call, and every call leaves at most one line on a timeline (or one tray item).
 */
export async function followCall(tx: Tx, event: CallEvent): Promise<void> {
  const call = await lockCall(tx, event.callId);
  if (!call) return;
  if (event.kind === 'ringing') await rings(tx, call, event);
  if (event.kind === 'answered' && !call.answeredAt) await isAnswered(tx, call, event);
  if (event.kind === 'ended' && !call.endedAt && !(await wasTransferred(tx, call.id))) await ends(tx, call, event.at);
  if (event.kind === 'missed' && !call.answeredAt && !call.missedAt) await isMissed(tx, call, event);
}

/** A late "ringing" still says whose phone rang; it no longer tells any screen. */
async function rings(tx: Tx, call: CallRow, event: CallEvent): Promise<void> {
  const place = await placeOf(tx, call, event);
  if (!place) return;
  const rang = await tx.db
    .insertInto('callAttempt')
    .values({ callId: call.id, ...place, rangAt: event.at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('attempt')
    .executeTakeFirst();
  if (rang && !call.answeredAt && !call.missedAt) await tell(tx, call, 'ringing', place.advisorId);
}

async function isAnswered(tx: Tx, call: CallRow, event: CallEvent): Promise<void> {
  const answeredBy = call.direction === 'out' ? call.placedBy : ((await placeOf(tx, call, event))?.advisorId ?? null);
  await set(tx, call, { answeredAt: event.at, answeredBy, missedAt: null });
  await tell(tx, call, 'answered', answeredBy);
  if (call.trayItemId) await setAsideTrayItem(tx, system, { id: call.trayItemId, why: 'answered' });
  const talk = { ...call, answeredAt: event.at, answeredBy, missedAt: null };
  const at = await putOnTimeline(tx, talk);
  if (at) await settleTalk(tx, talk, at);
}

async function ends(tx: Tx, call: CallRow, at: Date): Promise<void> {
  await set(tx, call, { endedAt: at });
  await tell(tx, call, 'ended', call.answeredBy);
  if (call.answeredAt) await putOnTimeline(tx, { ...call, endedAt: at });
}

async function isMissed(tx: Tx, call: CallRow, { at, answerBefore }: CallEvent): Promise<void> {
  await set(tx, call, { missedAt: at });
  await tell(tx, call, 'missed', call.placedBy ?? call.ringList[0] ?? null);
  const missed = { ...call, missedAt: at };
  if (call.direction === 'in') return oweAnswer(tx, missed, answerBefore);
  const written = await putOnTimeline(tx, missed);
  if (written) await settleTry(tx, written);
  await tryAgainLater(tx, missed);
}

/** Whose phone it is, and its place in the ring list; a phone that was on no list of ours is added to it. */
async function placeOf(
  tx: Tx,
  call: CallRow,
  { attempt, advisorId }: CallEvent,
): Promise<{ attempt: number; advisorId: string } | null> {
  const listed = call.ringList[attempt];
  if (!advisorId) return listed ? { attempt, advisorId: listed } : null;
  const known = call.ringList.indexOf(advisorId);
  if (known >= 0) return { attempt: known, advisorId };
  await tx.db
    .updateTable('call')
    .set({ ringList: [...call.ringList, advisorId] })
    .where('id', '=', call.id)
    .execute();
  return { attempt: call.ringList.length, advisorId };
}

function set(
  tx: Tx,
  { id }: CallRow,
  values: { answeredAt?: Date; answeredBy?: string | null; missedAt?: Date | null; endedAt?: Date },
) {
  return tx.db.updateTable('call').set(values).where('id', '=', id).execute();
}

function tell(tx: Tx, call: CallRow, kind: CallEvent['kind'], advisorId: string | null): Promise<void> {
  return tx.record({ type: `call.${kind}`, customerId: call.customerId, advisorId, facts: { callId: call.id } });
}
