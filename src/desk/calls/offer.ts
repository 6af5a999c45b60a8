import type { Kysely } from 'kysely';
import { acceptsOffer } from '../../core/telephony/acceptance.ts';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

/** An offer begins to be spoken to a customer on the line. Told twice, it changes nothing. */
export async function noteOffer(
  tx: Tx,
  callId: string,
  { advisorId, before, at }: { advisorId: string; before: Date; at: Date },
): Promise<void> {
  const call = await tx.db
    .selectFrom('call')
    .innerJoin('customer', 'customer.id', 'call.customerId')
    .where('call.id', '=', callId)
    .select(['customer.id', 'customer.advisorId'])
    .executeTakeFirst();
  if (!call) return;
  const offered = await tx.db
    .insertInto('callbackOffer')
    .values({ callId, customerId: call.id, advisorId, own: call.advisorId === advisorId, before, offeredAt: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('callId')
    .executeTakeFirst();
  if (!offered) return;
  const facts = { callId, before: before.toISOString(), delaySeconds: seconds(at, before) };
  await tx.record({ type: 'call.offered', customerId: call.id, advisorId, facts });
}

/**
 * The offer was spoken to its end and the caller is still there: declined, as far as we know now. Nothing was heard when
 * the announcer could not speak: then there was no offer.
 */
export async function noteStayed(tx: Tx, callId: string, at: Date, playedMs: number | null): Promise<void> {
  if (!playedMs) {
    await tx.db
      .deleteFrom('callbackOffer')
      .where('callId', '=', callId)
      .where('acceptedAt', 'is', null)
      .where('declinedAt', 'is', null)
      .execute();
    return;
  }
  const declined = await tx.db
    .updateTable('callbackOffer')
    .set({ declinedAt: at, playedMs })
    .where('callId', '=', callId)
    .where('acceptedAt', 'is', null)
    .where('declinedAt', 'is', null)
    .returning(['customerId', 'advisorId'])
    .executeTakeFirst();
  if (declined) await tx.record({ type: 'call.offer_declined', ...declined, facts: { callId, playedMs } });
}

export interface AcceptedOffer {
  advisorId: string;
  before: Date;
  playedMs: number | null;
}

/** The caller hung up: whether that took the offer, which is then marked as accepted. Heard for `playedMs`, if known. */
export async function acceptIfOffered(
  tx: Tx,
  callId: string,
  at: Date,
  playedMs: number | null,
): Promise<AcceptedOffer | null> {
  const [offer] = await offerForUpdate(tx.db, { callId });
  if (!offer) return null;
  const { advisorId, before } = offer;
  if (offer.acceptedAt) return { advisorId, before, playedMs: offer.playedMs };
  const heard = playedMs ?? offer.playedMs;
  const overForMs = offer.declinedAt ? at.getTime() - offer.declinedAt.getTime() : 0;
  const accepted = acceptsOffer({ playedMs: heard, overForMs });
  await tx.db
    .updateTable('callbackOffer')
    .set({ playedMs: heard, ...(accepted ? { acceptedAt: at, declinedAt: null } : {}) })
    .where('callId', '=', callId)
    .execute();
  if (!accepted) return null;
  const facts = { callId, playedMs: heard, own: offer.own, delaySeconds: seconds(offer.offeredAt, before) };
  await tx.record({ type: 'call.offer_accepted', customerId: offer.customerId, advisorId, facts });
  return { advisorId, before, playedMs: heard };
}

const offerForUpdate = prepared((db: Kysely<DB>, given: { callId: string }) =>
  db.selectFrom('callbackOffer').where('callId', '=', given.callId).selectAll().forUpdate(),
);

const seconds = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 1000);
