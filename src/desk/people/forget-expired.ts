import { forgetAlerts } from '../alerts/alerts.ts';
import { forgetUnconfirmedComments } from '../comments/write.ts';
import { forgetPendingMessages } from '../interactions/pending-messages.ts';
import type { Tx } from '../tx.ts';

const DAY_MS = 86_400_000;
/** How long an ended session or link is kept, to answer questions about who was signed in. */
const KEPT_DAYS = 30;

/**
 * Deletes what has long ended: sessions, links, challenges, counted attempts, messages and comments nobody confirmed, answers kept for
 * repeated requests. Returns how many rows.
 */
export async function forgetExpired(tx: Tx): Promise<number> {
  const before = new Date(tx.now.getTime() - KEPT_DAYS * DAY_MS);
  const deleted = [
    await tx.db.deleteFrom('oneTimeLink').where('expiresAt', '<', before).executeTakeFirst(),
    await tx.db.deleteFrom('customerSession').where('expiresAt', '<', before).executeTakeFirst(),
    await tx.db.deleteFrom('staffSession').where('expiresAt', '<', before).executeTakeFirst(),
    await tx.db.deleteFrom('staffVerification').where('expiresAt', '<', tx.now).executeTakeFirst(),
    await tx.db
      .deleteFrom('attempt')
      .where('expire', '<', tx.now.getTime() - DAY_MS)
      .executeTakeFirst(),
    await tx.db.deleteFrom('draftFile').where('addedAt', '<', before).executeTakeFirst(),
    await tx.db.deleteFrom('idempotency').where('madeAt', '<', before).executeTakeFirst(),
  ];
  const pending = (await forgetPendingMessages(tx)) + (await forgetUnconfirmedComments(tx)) + (await forgetAlerts(tx));
  return deleted.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), pending);
}
