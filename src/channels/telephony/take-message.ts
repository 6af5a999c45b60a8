import { normalisePhone } from '../../core/identity/phone.ts';
import { beginCall } from '../../desk/calls/begin.ts';
import { followCall } from '../../desk/calls/follow.ts';
import { missCall } from '../../desk/calls/miss.ts';
import { noteOffer, noteStayed } from '../../desk/calls/offer.ts';
import type { Tx } from '../../desk/tx.ts';
import { customerAt } from '../../desk/views/route.ts';
import { answerCall } from './answer-call.ts';
import type { Switchboard } from './door.ts';
import { type CallMessage, readMessage } from './message.ts';

/** One message of Kamailio: an INVITE is answered with a ring list, everything else is followed. */
export async function takeMessage(
  board: Switchboard,
  payload: string,
  answer: (value: unknown) => void,
): Promise<void> {
  const message = readMessage(payload);
  if (message.event === 'invited') return answerCall(board, message, answer);
  await board.house.transact((tx) => followMessage(tx, message));
}

/** What a message says about its call. In any order, twice, or about a call that began while nobody listened. */
export async function followMessage(tx: Tx, message: CallMessage): Promise<void> {
  const callId = message.event === 'ended' ? await endedCall(tx, message) : message.id;
  if (!callId) return;
  await beginIfUnknown(tx, message);
  const { t: at, step, played: playedMs } = message;
  const advisorId = step?.kind === 'ring' ? step.advisorId : null;
  switch (message.event) {
    case 'ringing':
      if (step?.kind === 'offer') return noteOffer(tx, callId, { ...step, at });
      if (advisorId) await followCall(tx, { callId, kind: 'ringing', at, attempt: -1, advisorId });
      return;
    case 'failed':
      if (step?.kind === 'offer') await noteStayed(tx, callId, at, playedMs);
      return;
    case 'cancelled':
    case 'missed':
      return missCall(tx, { callId, at, hungUp: message.event === 'cancelled', playedMs: heardOfOffer(message) });
    case 'answered':
      await followCall(tx, { callId, kind: 'answered', at, attempt: -1, advisorId });
      return;
    case 'ended':
      return followCall(tx, { callId, kind: 'ended', at, attempt: -1 });
  }
}

/** What was heard of anything else than the offer says nothing about the offer. */
const heardOfOffer = ({ step, played }: CallMessage) => (step?.kind === 'offer' ? played : null);

/** A BYE after Kamailio was restarted knows only the beginning of the call's id. */
async function endedCall(tx: Tx, { id }: CallMessage): Promise<string | undefined> {
  if (id.includes('-')) return id;
  const open = await tx.db
    .selectFrom('call')
    .where('id', 'like', `${id}-%`)
    .where('answeredAt', 'is not', null)
    .where('endedAt', 'is', null)
    .select('id')
    .orderBy('answeredAt', 'desc')
    .executeTakeFirst();
  return open?.id;
}

/** A call that was answered from a held list, or by a process that has ended since. */
async function beginIfUnknown(tx: Tx, { id, invited, from }: CallMessage): Promise<void> {
  if (!invited || !id.includes('-')) return;
  const known = await tx.db.selectFrom('call').where('id', '=', id).select('id').executeTakeFirst();
  if (known) return;
  const phone = normalisePhone(from);
  const customer = await customerAt({ db: tx.db }, phone ? { phone } : {});
  await beginCall(tx, { id, at: invited, fromPhone: phone ?? null, customerId: customer?.id ?? null, ringList: [] });
}
