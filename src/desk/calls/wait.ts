import type { Tx } from '../tx.ts';

/**
 * A caller hears from now on that they wait: for this advisor, who is finishing, or for whoever is free first (null). Told
 * twice, or when a phone rings already, it changes nothing.
 */
export async function noteWaits(
  tx: Tx,
  callId: string,
  { at, advisorId }: { at: Date; advisorId: string | null },
): Promise<void> {
  const waits = await tx.db
    .updateTable('call')
    .set({ waitsSince: at, waitsFor: advisorId, putThroughTo: null, putThroughAt: null })
    .where('id', '=', callId)
    .where((eb) => eb.or([eb('waitsSince', 'is', null), eb('waitsSince', '<', at)]))
    .where((eb) => eb.and([eb('answeredAt', 'is', null), eb('missedAt', 'is', null), eb('cancelledAt', 'is', null)]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('callAttempt').whereRef('callId', '=', 'call.id').where('rangAt', '>', at).select('callId'),
        ),
      ),
    )
    .returning('customerId')
    .executeTakeFirst();
  if (!waits) return;
  await tx.record({ type: 'call.waits', customerId: waits.customerId, advisorId, facts: { callId } });
}

/** Something else happens to the call than that it waits. */
export async function noteWaitOver(tx: Tx, callId: string, at: Date): Promise<void> {
  await tx.db
    .updateTable('call')
    .set({ waitsSince: null, waitsFor: null, putThroughTo: null, putThroughAt: null })
    .where('id', '=', callId)
    .where('waitsSince', '<=', at)
    .execute();
}
