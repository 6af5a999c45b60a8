import type { Kysely } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import { system } from '../actor.ts';
import { setAsideTrayItem } from '../interactions/tray.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { type CallChanges, type CallRow, changeCall, lockCall } from './call-row.ts';
import { tryAgainLater } from './callback-tries.ts';
import { endsLastPart } from './follow-transfer.ts';
import { oweAnswer } from './owe-answer.ts';
import { endIsNews, toldEnd } from './say-over.ts';
import { settleTalk, settleTry } from './settle-talk.ts';
import { putOnTimeline } from './timeline.ts';
import { noteWaitOver } from './wait.ts';

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
 * and stands above a missed call, and every call leaves at most one line on a timeline (or one tray item). `locked`: the
 * call as `lockCall` has just read it.
 */
export async function followCall(tx: Tx, event: CallEvent, locked?: CallRow): Promise<void> {
  const call = locked ?? (await lockCall(tx, event.callId));
  if (!call) return;
  if (event.kind === 'ringing') await rings(tx, call, event);
  if (event.kind === 'answered' && !call.answeredAt) await isAnswered(tx, call, event);
  if (event.kind === 'ended' && endIsNews(call, event.at) && (await endsLastPart(tx, call, event.at)))
    await ends(tx, call, event.at);
  if (event.kind === 'missed' && !call.answeredAt && !call.missedAt) await followMissed(tx, call, event);
}

/** A late "ringing" still says whose phone rang; it no longer tells any screen. */
async function rings(tx: Tx, call: CallRow, event: CallEvent): Promise<void> {
  const place = await placeOf(tx, call, event);
  if (!place) return;
  const [rang] = await insertAttempt(tx.db, { callId: call.id, ...place, rangAt: event.at });
  if (call.waitsSince) await noteWaitOver(tx, call.id, event.at);
  if (rang && !call.answeredAt && !call.missedAt) await tell(tx, call, 'ringing', place.advisorId);
}

const insertAttempt = prepared(
  (db: Kysely<DB>, given: { callId: string; attempt: number; advisorId: string; rangAt: Date }) =>
    db
      .insertInto('callAttempt')
      .values({ callId: given.callId, attempt: given.attempt, advisorId: given.advisorId, rangAt: given.rangAt })
      .onConflict((conflict) => conflict.doNothing())
      .returning('attempt'),
);

async function isAnswered(tx: Tx, call: CallRow, event: CallEvent): Promise<void> {
  const answeredBy = call.direction === 'out' ? call.placedBy : ((await placeOf(tx, call, event))?.advisorId ?? null);
  const changes = { answeredAt: event.at, answeredBy, missedAt: null };
  await tell(tx, call, 'answered', answeredBy);
  if (call.trayItemId) await setAsideTrayItem(tx, system, { id: call.trayItemId, why: 'answered' });
  const talk = { ...call, ...changes };
  const at = await putOnTimeline(tx, talk, { changes });
  if (at) await settleTalk(tx, talk, at);
}

async function ends(tx: Tx, call: CallRow, at: Date): Promise<void> {
  const changes = toldEnd(call, at);
  await tell(tx, call, 'ended', call.answeredBy);
  if (call.answeredAt) await putOnTimeline(tx, { ...call, ...changes }, { changes });
  else await changeCall(tx, call.id, changes);
}

/** Nobody answered. `changes`: what else changes of the call at the same time. */
export async function followMissed(
  tx: Tx,
  call: CallRow,
  { at, answerBefore }: Pick<CallEvent, 'at' | 'answerBefore'>,
  changes: CallChanges = {},
): Promise<void> {
  await tell(tx, call, 'missed', call.placedBy ?? call.ringList[0] ?? null);
  const missed = { ...call, missedAt: at };
  const all = { ...changes, missedAt: at };
  if (call.direction === 'in') return oweAnswer(tx, missed, answerBefore, all);
  const written = await putOnTimeline(tx, missed, { changes: all });
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
  await changeCall(tx, call.id, { ringList: [...call.ringList, advisorId] });
  return { attempt: call.ringList.length, advisorId };
}

function tell(tx: Tx, call: CallRow, kind: CallEvent['kind'], advisorId: string | null): Promise<void> {
  return tx.record({ type: `call.${kind}`, customerId: call.customerId, advisorId, facts: { callId: call.id } });
}
