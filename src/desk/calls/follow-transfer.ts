import type { Tx } from '../tx.ts';
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

/** Whether this call has gone through several hands: then the end of one leg is not its end. */
export async function wasTransferred(tx: Tx, callId: string): Promise<boolean> {
  const talk = await tx.db.selectFrom('callTalk').where('callId', '=', callId).select('callId').executeTakeFirst();
  return talk !== undefined;
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
  await tx.db
    .updateTable('callTalk')
    .set({ endedAt: at })
    .where('callId', '=', callId)
    .where('endedAt', 'is', null)
    .execute();
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
  if (!endIsNews(call, at) || call.answeredBy !== advisorId) return;
  await tx.db
    .updateTable('callTalk')
    .set({ endedAt: at })
    .where('callId', '=', call.id)
    .where('endedAt', 'is', null)
    .execute();
  const changes = toldEnd(call, at);
  await putOnTimeline(tx, { ...call, ...changes }, { changes });
  await tx.record({ type: 'call.ended', customerId: call.customerId, advisorId, facts: { callId: call.id } });
}
