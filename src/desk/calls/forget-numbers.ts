import type { Tx } from '../tx.ts';

/** How long the number of someone who became no customer's is kept. */
export const UNKNOWN_NUMBER_DAYS = 30;
const DAY_MS = 86_400_000;
const REPORTS_KEPT_MS = DAY_MS;

/**
 * Deletes the numbers of unknown callers 30 days after their call: on the call, and in the tray item it left once that was
 * set aside. An item that still waits keeps its number, since somebody owes an answer there. Returns how many calls.
 */
export async function forgetUnknownNumbers(tx: Tx): Promise<number> {
  const before = new Date(tx.now.getTime() - UNKNOWN_NUMBER_DAYS * DAY_MS);
  const calls = await tx.db
    .updateTable('call')
    .set({ fromPhone: null, forgottenAt: tx.now })
    .where('customerId', 'is', null)
    .where('fromPhone', 'is not', null)
    .where('invitedAt', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('trayItem')
            .whereRef('trayItem.id', '=', 'call.trayItemId')
            .where('trayItem.sortedAt', 'is', null)
            .select('trayItem.id'),
        ),
      ),
    )
    .returning('trayItemId')
    .execute();
  const items = calls.flatMap(({ trayItemId }) => trayItemId ?? []);
  if (items.length > 0)
    await tx.db
      .updateTable('trayItem')
      .set({ fromPhone: null, party: '', text: '' })
      .where('id', 'in', items)
      .where('interactionId', 'is', null)
      .execute();
  await tx.db
    .deleteFrom('callReport')
    .where('receivedAt', '<', new Date(tx.now.getTime() - REPORTS_KEPT_MS))
    .execute();
  return calls.length;
}
