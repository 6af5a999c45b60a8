import { normalisePhone } from '../../core/identity/phone.ts';
import { newId } from '../id.ts';
import { endUnrecordedTalk, noteUnrecordedTalk } from '../presence/unrecorded-talks.ts';
import type { Tx } from '../tx.ts';
import { customerAt } from '../views/route.ts';
import { CLOCKS_DIFFER_MS, lockCallNamed, type ToldCall, takeAskedCall } from './asked-call.ts';
import { beginCall } from './begin.ts';
import { followCall } from './follow.ts';
import { advisorAt, callbackOwed } from './report.ts';
import { setAsideCall } from './set-aside.ts';
import { leaveUnkept } from './unkept-calls.ts';

/** One event of a call an advisor's phone makes to the outside. */
export interface OutgoingEvent {
  /** Kamailio's name for the call. */
  sipId: string;
  kind: 'dialled' | 'answered' | 'missed' | 'ended';
  at: Date;
  invited: Date | null;
  /** Whose phone, and the number it called. */
  from: string;
  to: string;
  /** How the carrier refused or ended it unanswered. */
  code: number | null;
}

/** Nobody there: not found here and now, gone, busy, declined, cancelled. Any other refusal means that nobody was called. */
const NOBODY_ANSWERED = new Set([0, 404, 408, 410, 480, 484, 486, 487, 600, 603, 604]);

/**
 * Takes it into the call the workspace asked for, or into one of its own when the advisor dialled a customer on the phone
 * itself. Calls to anybody else are nobody's business here: only that the advisor is on the phone is known, while it lasts.
 */
export async function followOutgoing(tx: Tx, event: OutgoingEvent): Promise<void> {
  const callId = await callOf(tx, event);
  if (!callId) return followUnrecorded(tx, event);
  if (event.kind === 'dialled') return;
  const { kind, at, code } = event;
  if (kind === 'missed' && !NOBODY_ANSWERED.has(code ?? 0)) return setAsideCall(tx, callId, 'not_dialled');
  if (kind === 'missed' && (await isSetAside(tx, callId))) return;
  await followCall(tx, { callId, kind, at, attempt: -1 });
}

async function followUnrecorded(tx: Tx, { sipId, kind, at, invited, from }: OutgoingEvent): Promise<void> {
  if (kind === 'missed' || kind === 'ended') {
    // Or the accounting tells of it once the number is a customer's, or once the workspace asks for a call to it.
    if (invited) await leaveUnkept(tx, sipId);
    return endUnrecordedTalk(tx, sipId);
  }
  const advisorId = await advisorAt(tx, from);
  if (advisorId) await noteUnrecordedTalk(tx, { sipId, advisorId, kind, at });
}

/** The first leg of a call the workspace asked for: the advisor picked up, or nothing comes of it. */
export async function followOwnPhone(tx: Tx, callId: string, picked: boolean): Promise<void> {
  const call = await tx.db
    .selectFrom('call')
    .where('id', '=', callId)
    .where('direction', '=', 'out')
    .select(['customerId', 'placedBy', 'pickedUpAt', 'sipId'])
    .forUpdate()
    .executeTakeFirst();
  if (!call || (picked && call.pickedUpAt)) return;
  // Once the customer is being called, that call tells how it goes. A phone may report the end of its first leg as a failure.
  if (!picked && call.sipId) return;
  if (!picked) return setAsideCall(tx, callId, call.pickedUpAt ? 'not_dialled' : 'own_phone');
  await tx.db.updateTable('call').set({ pickedUpAt: tx.now }).where('id', '=', callId).execute();
  const { customerId, placedBy: advisorId } = call;
  await tx.record({ type: 'call.picked_up', customerId, advisorId, facts: { callId } });
}

async function callOf(tx: Tx, { sipId, kind, invited, from, to }: OutgoingEvent): Promise<string | undefined> {
  const known = await lockCallNamed(tx, sipId);
  if (known || !invited) return known;
  const [advisorId, phone] = [await advisorAt(tx, from), normalisePhone(to)];
  if (!advisorId || !phone) return undefined;
  // What begins now was asked for before; the accounting tells of calls of an hour ago.
  const until = kind === 'dialled' ? tx.now : new Date(invited.getTime() + CLOCKS_DIFFER_MS);
  const told = { sipId, source: 'kamailio', advisorId, phone, invited, until };
  return (await takeAskedCall(tx, told)) ?? dialledByHand(tx, told);
}

async function dialledByHand(tx: Tx, { sipId, advisorId, phone, invited }: ToldCall): Promise<string | undefined> {
  const customer = await customerAt(tx, { phone });
  if (!customer) return undefined;
  const id = newId();
  const commitmentId = await callbackOwed(tx, customer.id, advisorId);
  const call = { id, at: invited, fromPhone: null, customerId: customer.id, ringList: [], sipId };
  await beginCall(tx, { ...call, out: { toPhone: phone, placedBy: advisorId, commitmentId } });
  return id;
}

async function isSetAside(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.db.selectFrom('call').where('id', '=', id).select('setAsideAt').executeTakeFirst();
  return row?.setAsideAt !== null;
}
