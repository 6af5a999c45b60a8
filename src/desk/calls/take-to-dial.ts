import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { setAsideCall } from './set-aside.ts';

/** Whoever pressed the key has long given up: a phone that rings now would only startle them. */
const TOO_LATE_MS = 20_000;

export interface ToDial {
  callId: string;
  /** The advisor's phone, in E.164. */
  phone: string;
  /** The customer's number, in E.164. */
  to: string;
  customer: { name: string; reference: string } | null;
}

/** Takes a call that waits to be dialled. Once: killed after that, we let the call come to nothing rather than ring twice. */
export async function takeToDial(tx: Tx, callId: string): Promise<ToDial | null> {
  const call = await tx.db
    .selectFrom('call')
    .leftJoin('customer', 'customer.id', 'call.customerId')
    .where('call.id', '=', callId)
    .where('handedAt', 'is', null)
    .where('setAsideAt', 'is', null)
    .select(['invitedAt', 'placedBy', 'toPhone', 'customer.name', 'customer.reference'])
    .forUpdate('call')
    .executeTakeFirst();
  if (!call) return null;
  const { invitedAt, placedBy, toPhone, name, reference } = call;
  const roster = await readRoster(tx.db, tx.now);
  const phone = placedBy ? roster.advisors.get(placedBy)?.phone : undefined;
  if (!phone || !toPhone || tx.now.getTime() - invitedAt.getTime() > TOO_LATE_MS) {
    await setAsideCall(tx, callId, 'not_dialled');
    return null;
  }
  await tx.db.updateTable('call').set({ handedAt: tx.now }).where('id', '=', callId).execute();
  return { callId, phone, to: toPhone, customer: name && reference ? { name, reference } : null };
}
