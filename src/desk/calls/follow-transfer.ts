import type { Tx } from '../tx.ts';
import { LONGEST_CALL_MS } from '../views/on-the-phone.ts';
import { type CallRow, lockCall } from './call-row.ts';
import { endIsNews, toldEnd } from './say-over.ts';
import { putOnTimeline } from './timeline.ts';

/** A call that a colleague's phone took over, as the phone system tells it. */
export interface TransferEvent {
  callId: string;
  advisorId: string;
  kind: 'answered' | 'ended';
  at: Date;
}

/** The same take-over told by an event and by the accounting differs by no more than this. */
const SAME_MS = 5_000;

/**
 * One call, one line of the timeline, however many hands it goes through: who had it until now talked until then, the
 * colleague from then on. Told twice or late it changes nothing.
 */
export async function followTransfer(tx: Tx, { callId, advisorId, kind, at }: TransferEvent): Promise<void> {
  const call = await lockCall(tx, callId);
  if (!call?.answeredAt) return;
  if (kind === 'answered') await changesHands(tx, call, advisorId, at);
  else await lastHangsUp(tx, call, advisorId, at);
}

/** Who passed a call on leaves it within this. */
const LEAVES_MS = 5_000;

/**
 * The end of a call ends the part of who has it. False when it is only the end of the first leg: who passed the call on
 * leaves then, and Kamailio tells of that as of an end. Any later one is the end of the call, for one that was passed on at
 * a switch has no other.
 */
export async function endsLastPart(tx: Tx, call: CallRow, at: Date): Promise<boolean> {
  const last = await tx.db
    .selectFrom('callTalk')
    .where('callId', '=', call.id)
    .select('startedAt')
    .orderBy('startedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) return true;
  if (call.source === 'kamailio' && at.getTime() - last.startedAt.getTime() < LEAVES_MS) return false;
  await endPart(tx, call, at);
  return true;
}

async function changesHands(tx: Tx, call: CallRow, advisorId: string, at: Date): Promise<void> {
  const talks = await tx.db.selectFrom('callTalk').where('callId', '=', call.id).selectAll().execute();
  const known = talks.some(
    (each) => each.advisorId === advisorId && Math.abs(each.startedAt.getTime() - at.getTime()) < SAME_MS,
  );
  if (known || call.answeredBy === advisorId) return;
  const { id: callId, answeredAt, answeredBy } = call;
  if (talks.length === 0 && answeredAt && answeredBy)
    await tx.insert('callTalk', { callId, startedAt: answeredAt, advisorId: answeredBy, endedAt: at });
  await endPart(tx, call, at);
  await tx.insert('callTalk', { callId, startedAt: at, advisorId, endedAt: null });
  await tx.db
    .updateTable('call')
    .set({ answeredBy: advisorId, endedAt: null, saidOverAt: null, finishingAt: null })
    .where('id', '=', callId)
    .execute();
  await tx.db.updateTable('callPassing').set({ takenAt: at }).where('callId', '=', callId).execute();
  await putOnTimeline(tx, { ...call, answeredBy: advisorId, endedAt: null, saidOverAt: null });
  for (const each of [answeredBy, advisorId])
    await tx.record({
      type: 'call.transferred',
      customerId: call.customerId,
      advisorId: each,
      facts: { callId, from: answeredBy, to: advisorId },
    });
}

/** Who has it now hangs up; whoever had it before has left already. */
async function lastHangsUp(tx: Tx, call: CallRow, advisorId: string, at: Date): Promise<void> {
  if (call.answeredBy !== advisorId) return;
  if (!endIsNews(call, at) && !outlasts(call, at)) return;
  await endPart(tx, call, at);
  const changes = toldEnd(call, at);
  await putOnTimeline(tx, { ...call, ...changes }, { changes });
  await tx.record({ type: 'call.ended', customerId: call.customerId, advisorId, facts: { callId: call.id } });
}

/** Who passed it on left so late that it was taken for the end of the call. */
function outlasts({ answeredAt, endedAt }: CallRow, at: Date): boolean {
  if (!answeredAt || !endedAt || at.getTime() - answeredAt.getTime() >= LONGEST_CALL_MS) return false;
  return at.getTime() - endedAt.getTime() > SAME_MS;
}

/** The part of who has it: still open, or ended with the call when that seemed over. */
async function endPart(tx: Tx, { id, endedAt }: CallRow, at: Date): Promise<void> {
  await tx.db
    .updateTable('callTalk')
    .set({ endedAt: at })
    .where('callId', '=', id)
    .where((eb) => eb.or([eb('endedAt', 'is', null), ...(endedAt ? [eb('endedAt', '=', endedAt)] : [])]))
    .execute();
}
