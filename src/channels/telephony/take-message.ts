import { normalisePhone } from '../../core/identity/phone.ts';
import { isMachine, isWaiting } from '../../core/telephony/step.ts';
import { beginCall } from '../../desk/calls/begin.ts';
import { type CallRow, lockCall } from '../../desk/calls/call-row.ts';
import { followCall } from '../../desk/calls/follow.ts';
import { followOutgoing, followOwnPhone } from '../../desk/calls/follow-outgoing.ts';
import { followTransfer } from '../../desk/calls/follow-transfer.ts';
import { type CallOver, missCall } from '../../desk/calls/miss.ts';
import { noteOffer, noteStayed } from '../../desk/calls/offer.ts';
import { advisorAt } from '../../desk/calls/report.ts';
import { noteStopped } from '../../desk/calls/ringing.ts';
import { unkeptAmong } from '../../desk/calls/unkept-calls.ts';
import { noteWaitOver, noteWaits } from '../../desk/calls/wait.ts';
import { endUnrecordedTalk, noteUnrecordedTalk } from '../../desk/presence/unrecorded-talks.ts';
import type { Tx } from '../../desk/tx.ts';
import { customerAt } from '../../desk/views/route.ts';
import type { CallMessage } from './message.ts';

/** What a message says about its call. In any order, twice, or about a call that began while nobody listened. */
export async function followMessage(tx: Tx, message: CallMessage): Promise<void> {
  if (message.event === 'picked' || message.event === 'unplaced')
    return followOwnPhone(tx, message.id, message.event === 'picked');
  if (message.event === 'colleagues') return followColleagues(tx, message);
  if (message.moved) return followMoved(tx, message);
  if (message.to) return followToOutside(tx, message);
  if (message.lost) return followLost(tx, message);
  const callId = message.event === 'ended' ? await endedCall(tx, message) : message.id;
  if (!callId) return;
  const call = (await lockCall(tx, callId)) ?? (await begunNow(tx, message));
  if (!call) return;
  const { t: at, step, played: playedMs } = message;
  if (isMachine(step) && (message.event === 'answered' || message.event === 'ended'))
    return missCall(tx, { callId, at, hungUp: false, playedMs: null, told: step }, call);
  const advisorId = step?.kind === 'ring' ? step.advisorId : null;
  if (advisorId && STOPS.has(message.event)) await noteStopped(tx, { callId, advisorId, at });
  switch (message.event) {
    case 'ringing':
      // Told late, of a call that is over: what was heard of it has been noted by then, and it must not stay open.
      if (step?.kind === 'offer' && !isOver(call)) await noteOffer(tx, callId, { ...step, at });
      if (isWaiting(step))
        return noteWaits(tx, callId, { at, advisorId: step.kind === 'hold' ? step.advisorId : null });
      if (advisorId) return followCall(tx, { callId, kind: 'ringing', at, attempt: -1, advisorId }, call);
      if (call.waitsSince) await noteWaitOver(tx, callId, at);
      return;
    case 'failed':
      if (step?.kind === 'offer') {
        await noteHeard(tx, message, callId);
        await noteStayed(tx, callId, at, playedMs);
      }
      return;
    case 'cancelled':
      if (!isOver(call)) await noteHeard(tx, message, callId);
      return missCall(tx, missedBy(message, callId), call);
    case 'missed':
      return missCall(tx, missedBy(message, callId), call);
    case 'answered':
      await followCall(tx, { callId, kind: 'answered', at, attempt: -1, advisorId }, call);
      return;
    case 'ended':
      // Nobody listened when it was answered.
      if (message.answered)
        await followCall(tx, { callId, kind: 'answered', at: message.answered, attempt: -1, advisorId });
      return followCall(tx, { callId, kind: 'ended', at, attempt: -1 });
  }
}

/** After these the phone of the step rings no more. */
const STOPS = new Set<CallMessage['event']>(['failed', 'cancelled', 'answered']);

const isOver = ({ answeredAt, missedAt }: CallRow) => answeredAt !== null || missedAt !== null;

/** Whatever is told of an offer that was heard tells of the offer too: nobody may have heard it begin. */
async function noteHeard(tx: Tx, { step, t, played }: CallMessage, callId: string): Promise<void> {
  if (step?.kind !== 'offer' || !played) return;
  await noteOffer(tx, callId, { ...step, at: new Date(t.getTime() - played) });
}

function missedBy({ event, t: at, step, played }: CallMessage, callId: string): CallOver {
  return {
    callId,
    at,
    hungUp: event === 'cancelled',
    // What was heard of anything else than the offer says nothing about the offer.
    playedMs: step?.kind === 'offer' ? played : null,
    told: step?.kind === 'promise' || isMachine(step) ? step : undefined,
    // A machine that is heard has answered; this one has not.
    heard: step?.kind === 'promise' && (played ?? 0) > 0,
  };
}

async function followToOutside(
  tx: Tx,
  { event, id: sipId, t: at, invited, answered, from, to, code }: CallMessage,
): Promise<void> {
  const kind = event === 'cancelled' ? 'missed' : event;
  if (kind === 'ended' && answered)
    await followOutgoing(tx, { sipId, kind: 'answered', at: answered, invited, from, to, code });
  if (kind === 'dialled' || kind === 'answered' || kind === 'missed' || kind === 'ended')
    await followOutgoing(tx, { sipId, kind, at, invited, from, to, code });
}

/** Both are busy. That they talk to each other is no call of anybody, and not kept once it is over. */
async function followColleagues(tx: Tx, { id: sipId, t: at, from, to }: CallMessage): Promise<void> {
  for (const number of [from, to]) {
    const advisorId = await advisorAt(tx, number);
    if (advisorId) await noteUnrecordedTalk(tx, { sipId, advisorId, kind: 'answered', at });
  }
}

/**
 * The end of a call Kamailio knows nothing of any more. Where nobody here heard of its answer either, it counts from its
 * beginning: somebody did answer, or nobody could hang up. One that is missed was answered by the voicemail, or is owed an answer anyway.
 */
async function followLost(tx: Tx, message: CallMessage): Promise<void> {
  const { id: callId, invited, t: at } = message;
  const call = (await lockCall(tx, callId)) ?? (await begunNow(tx, message));
  if (!call || !invited) return;
  if (!call.answeredAt && !call.missedAt)
    await followCall(tx, { callId, kind: 'answered', at: invited, attempt: -1 }, call);
  await followCall(tx, { callId, kind: 'ended', at, attempt: -1 });
}

/** A colleague's phone has taken the call over. The call stays the one it was. */
async function followMoved(tx: Tx, { event, id, t: at, moved }: CallMessage): Promise<void> {
  if (event !== 'answered' && event !== 'ended') return;
  const advisorId = await advisorAt(tx, moved);
  const call = await tx.db
    .selectFrom('call')
    .where((eb) => eb.or([eb('id', '=', id), eb('sipId', '=', id)]))
    .select('id')
    .executeTakeFirst();
  if (advisorId && call) await followTransfer(tx, { callId: call.id, advisorId, kind: event, at });
}

/** A BYE after Kamailio was restarted knows only the beginning of the call's id. */
async function endedCall(tx: Tx, { id }: CallMessage): Promise<string | undefined> {
  if (id.includes('-')) return id;
  const open = await tx.db
    .selectFrom('call')
    .where((eb) => eb.or([eb('id', 'like', `${id}-%`), eb('sipId', 'like', `${id}-%`)]))
    .where('answeredAt', 'is not', null)
    .where('endedAt', 'is', null)
    .select('id')
    .orderBy('answeredAt', 'desc')
    .executeTakeFirst();
  if (!open) await endUnrecordedTalk(tx, id);
  return open?.id;
}

/** A call that was answered from a held list, or by a process that has ended since; not one of an erased customer. */
async function begunNow(tx: Tx, { id, invited, from }: CallMessage): Promise<CallRow | undefined> {
  if (!invited || !id.includes('-') || (await unkeptAmong(tx.db, [id])).has(id)) return undefined;
  const phone = normalisePhone(from);
  const customer = await customerAt({ db: tx.db }, phone ? { phone } : {});
  await beginCall(tx, { id, at: invited, fromPhone: phone ?? null, customerId: customer?.id ?? null, ringList: [] });
  return lockCall(tx, id);
}
