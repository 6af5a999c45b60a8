import { forgetBlobs } from '../interactions/blobs.ts';
import type { Tx } from '../tx.ts';
import { forgetUnkept } from './unkept-calls.ts';

/** How long the number of someone who became no customer's is kept. */
export const UNKNOWN_NUMBER_DAYS = 30;
const DAY_MS = 86_400_000;
const REPORTS_KEPT_MS = DAY_MS;

/**
 * Deletes the numbers of unknown callers 30 days after their call: on the call, and in the tray item it left once that was
 * set aside, with what they said there. An item that still waits keeps both, since somebody owes an answer there. Returns
 * how many calls.
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
    .returning('id')
    .execute();
  await emptyItems(tx, before);
  await forgetUnkept(tx);
  await tx.db
    .deleteFrom('callReport')
    .where('receivedAt', '<', new Date(tx.now.getTime() - REPORTS_KEPT_MS))
    .execute();
  return calls.length;
}

/** What such calls left in the tray and nobody is owed any more. */
async function emptyItems(tx: Tx, before: Date): Promise<void> {
  const items = await tx.db
    .updateTable('trayItem')
    .set({ fromPhone: null, party: '', text: '' })
    .where('channel', '=', 'call')
    .where('at', '<', before)
    .where('sortedAt', 'is not', null)
    .where('interactionId', 'is', null)
    .where('text', '!=', '')
    .where((eb) => eb.exists(eb.selectFrom('call').whereRef('call.trayItemId', '=', 'trayItem.id').select('call.id')))
    .returning('id')
    .execute();
  if (items.length === 0) return;
  const ids = items.map(({ id }) => id);
  const said = await tx.db.deleteFrom('trayAttachment').where('trayItemId', 'in', ids).returning('sha256').execute();
  await forgetBlobs(
    tx,
    said.map(({ sha256 }) => sha256),
  );
}
