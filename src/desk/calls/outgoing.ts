import type { Actor } from '../actor.ts';
import { openCommitments } from '../commitments/queries.ts';
import { newId } from '../id.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { beginCall } from './begin.ts';
import { followCall } from './follow.ts';
import { callbackOwed } from './report.ts';

export type Placed =
  | { ok: true; callId: string; phone: string; commitmentId: string | null }
  | { ok: false; why: 'not_allowed' | 'not_found' | 'no_number' | 'dialling' };

export interface Wish {
  customerId: string;
  /** The callback it is; it need not be one's own: backups rescue a late one. */
  commitmentId?: string | null;
  /** The phone system rings the advisor's phone and then the customer's; else the phone beside the screen dials. */
  bySwitch?: boolean;
}

/**
 * An advisor dials a customer: to return a callback, on the number it was promised on, or of their own accord, on one on
 * file. Asked twice while it is being dialled, it is the same call.
 */
export async function placeCall(tx: Tx, actor: Actor, wish: Wish): Promise<Placed> {
  const { customerId, commitmentId, bySwitch = false } = wish;
  if (!can(actor, 'work on case files') || actor.kind !== 'staff' || !actor.advisorId)
    return { ok: false, why: 'not_allowed' };
  const { advisorId } = actor;
  const going = await beingDialled(tx, advisorId);
  if (going?.customerId === customerId)
    return { ok: true, callId: going.id, phone: going.toPhone ?? '', commitmentId: going.commitmentId };
  if (going && bySwitch) return { ok: false, why: 'dialling' };
  const callback = commitmentId
    ? await openCommitments(tx.db)
        .where('id', '=', commitmentId)
        .where('customerId', '=', customerId)
        .select('id')
        .executeTakeFirst()
    : null;
  if (callback === undefined) return { ok: false, why: 'not_found' };
  const owed = callback?.id ?? (await callbackOwed(tx, customerId, advisorId));
  const phone = (owed && (await numberPromised(tx, owed))) || (await numberOnFile(tx, customerId));
  if (phone === null) return { ok: false, why: 'no_number' };
  const callId = newId();
  const out = { toPhone: phone, placedBy: advisorId, commitmentId: owed };
  const source = bySwitch ? 'kamailio' : 'workspace';
  await beginCall(tx, { id: callId, at: tx.now, fromPhone: null, customerId, ringList: [], source, out });
  if (bySwitch) await tx.enqueue('dial-call', { callId });
  return { ok: true, callId, phone, commitmentId: owed };
}

const DIALLING_MS = 60_000;

/** The call this advisor began a moment ago and that nobody has answered. Others of theirs wait until this is known. */
async function beingDialled(tx: Tx, advisorId: string) {
  await tx.db.selectFrom('advisor').where('id', '=', advisorId).select('id').forNoKeyUpdate().execute();
  return tx.db
    .selectFrom('call')
    .where('placedBy', '=', advisorId)
    .where('direction', '=', 'out')
    .where('invitedAt', '>', new Date(tx.now.getTime() - DIALLING_MS))
    .where('answeredAt', 'is', null)
    .where('missedAt', 'is', null)
    .where('setAsideAt', 'is', null)
    .where('endedAt', 'is', null)
    .select(['id', 'customerId', 'commitmentId', 'toPhone'])
    .orderBy('invitedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The number this callback was promised on: the one they called from, or another they have chosen since. */
async function numberPromised(tx: Tx, commitmentId: string): Promise<string | undefined> {
  const callback = await tx.db
    .selectFrom('callback')
    .where('commitmentId', '=', commitmentId)
    .select('phone')
    .executeTakeFirst();
  return callback?.phone;
}

/** The number they called from last, while it is on file; else the first on file. */
async function numberOnFile(tx: Tx, customerId: string): Promise<string | null> {
  const row = await tx.db
    .selectFrom('contactPoint')
    .innerJoin('customer', 'customer.id', 'contactPoint.customerId')
    .leftJoin('call', (join) =>
      join.onRef('call.customerId', '=', 'customer.id').onRef('call.fromPhone', '=', 'contactPoint.value'),
    )
    .where('customer.id', '=', customerId)
    .where('customer.erasedAt', 'is', null)
    .where('contactPoint.kind', '=', 'phone')
    .select('contactPoint.value')
    .orderBy('call.invitedAt', (order) => order.desc().nullsLast())
    .orderBy('contactPoint.id')
    .limit(1)
    .executeTakeFirst();
  return row?.value ?? null;
}

export type Reported = { ok: true } | { ok: false; why: 'not_found' };

/** What became of a call one dialled oneself: they talked (for so many seconds), or nobody answered. */
export async function reportOutcome(
  tx: Tx,
  actor: Actor,
  outcome: { callId: string; talked: boolean },
): Promise<Reported> {
  const { callId, talked } = outcome;
  const call = await tx.db
    .selectFrom('call')
    .where('id', '=', callId)
    .where('direction', '=', 'out')
    .where('endedAt', 'is', null)
    .where('missedAt', 'is', null)
    // Where a phone system tells of its answer, it tells of its end.
    .where((eb) => eb.or([eb('source', '=', 'workspace'), eb('answeredAt', 'is', null)]))
    .select(['placedBy', 'answeredAt', 'invitedAt'])
    .executeTakeFirst();
  if (!call || actor.kind !== 'staff' || call.placedBy !== actor.advisorId) return { ok: false, why: 'not_found' };
  const event = { callId, at: tx.now, attempt: -1 };
  if (!talked) await followCall(tx, { ...event, kind: 'missed' });
  else {
    // Nobody told us when they picked up: the whole of it counts.
    if (!call.answeredAt) await followCall(tx, { ...event, kind: 'answered', at: call.invitedAt });
    await followCall(tx, { ...event, kind: 'ended' });
  }
  return { ok: true };
}

export interface TalkNoted {
  customerId: string;
  direction: 'in' | 'out';
  /** What was said, for the timeline; may be empty. */
  text: string;
}

/** Notes a call that no phone system told us of (on a mobile): one line on the timeline, nothing owed by it. */
export async function noteTalk(tx: Tx, actor: Actor, note: TalkNoted): Promise<Placed> {
  if (!can(actor, 'work on case files') || actor.kind !== 'staff' || !actor.advisorId)
    return { ok: false, why: 'not_allowed' };
  const { customerId, direction, text } = note;
  const customer = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .where('erasedAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  if (!customer) return { ok: false, why: 'not_found' };
  const callId = newId();
  const { advisorId } = actor;
  const out = direction === 'out' ? { toPhone: '', placedBy: advisorId } : undefined;
  const begun = { id: callId, at: tx.now, fromPhone: null, customerId, ringList: [advisorId], source: 'noted' };
  await beginCall(tx, { ...begun, ...(out && { out }) });
  await followCall(tx, { callId, kind: 'answered', at: tx.now, attempt: 0 });
  // How long it was nobody knows: the line says that they talked, and the words typed.
  await tx.db.updateTable('call').set({ endedAt: tx.now, wrappedAt: tx.now }).where('id', '=', callId).execute();
  await addWords(tx, callId, text.trim());
  return { ok: true, callId, phone: '', commitmentId: null };
}

async function addWords(tx: Tx, callId: string, text: string): Promise<void> {
  if (!text) return;
  await tx.db
    .updateTable('interaction')
    .set((eb) => ({ text: eb('text', '||', `\n\n${text}`) }))
    .where('id', '=', (eb) => eb.selectFrom('call').where('id', '=', callId).select('interactionId'))
    .execute();
}
