import { type Actor, staffIdOf } from '../actor.ts';
import { addContactPoint, type PointAdded } from '../customers/contact-points.ts';
import { sortTrayItem } from '../interactions/tray.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { lockCall } from './call-row.ts';
import { settleTalk } from './settle-talk.ts';
import { putOnTimeline } from './timeline.ts';

export type Named = { ok: true } | { ok: false; why: 'not_allowed' | 'not_found' | 'already_named' };

/**
 * Says which customer is calling when the number does not tell: from now on the call is theirs, on their timeline. It says
 * nothing about the number, which is added by `keepNumber` alone, and it proves nobody's identity.
 */
export async function nameCaller(
  tx: Tx,
  actor: Actor,
  { callId, customerId }: { callId: string; customerId: string },
): Promise<Named> {
  if (!can(actor, 'work on case files')) return { ok: false, why: 'not_allowed' };
  const call = await lockCall(tx, callId);
  const customer = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .where('erasedAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  if (!call || !customer) return { ok: false, why: 'not_found' };
  if (call.customerId) return { ok: false, why: 'already_named' };
  await tx.db
    .updateTable('call')
    .set({ customerId, namedBy: staffIdOf(actor) })
    .where('id', '=', callId)
    .execute();
  const named = { ...call, customerId };
  if (call.answeredAt) {
    const at = await putOnTimeline(tx, named);
    if (at) await settleTalk(tx, named, at);
  } else if (call.trayItemId) await sortTrayItem(tx, actor, { id: call.trayItemId, customerId });
  await tx.record({ type: 'call.named', customerId, advisorId: call.answeredBy, facts: { callId } });
  return { ok: true };
}

/** Adds the number of a call to the file of the customer who was named as its caller. */
export async function keepNumber(tx: Tx, actor: Actor, callId: string): Promise<PointAdded> {
  const call = await tx.db
    .selectFrom('call')
    .where('id', '=', callId)
    .select(['customerId', 'fromPhone'])
    .executeTakeFirst();
  if (!call?.customerId || !call.fromPhone) return { ok: false, why: 'not_found' };
  return addContactPoint(tx, actor, { customerId: call.customerId, kind: 'phone', value: call.fromPhone });
}
