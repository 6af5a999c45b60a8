import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { leaveCallsUnkept } from '../calls/unkept-calls.ts';
import type { Tx } from '../tx.ts';

/** Addresses and numbers that are this customer's alone. */
export interface Traces {
  mails: readonly string[];
  phones: readonly string[];
}

/**
 * What was written with a customer's addresses and numbers where nothing says whose they are: comments, their mails,
 * alerts, unconfirmed messages, the tray, the raw mails, the calls. What hangs on the customer itself goes with its row.
 */
export async function forgetTraces(tx: Tx, customerId: string, { mails, phones }: Traces): Promise<void> {
  await emptyComments(tx, mails);
  const run = (statement: ReturnType<typeof sql>) => statement.execute(tx.db);
  const tray = trayItemsOf(customerId, { mails, phones });
  await run(sql`update comment_report set mail = null, words = '' where mail = any(${mails})`);
  await run(sql`delete from alert where mail = any(${mails})`);
  await run(sql`delete from alert_mail where mail = any(${mails})`);
  await run(sql`delete from outgoing_mail where lower(to_address) = any(${mails})`);
  await run(sql`delete from sms_delivery where from_phone = any(${phones})`);
  await run(sql`delete from pending_message where mail = any(${mails})`);
  await run(sql`delete from delivery where customer_id = ${customerId} or lower(envelope_from) = any(${mails})
    or interaction_id in (select id from interaction where customer_id = ${customerId}) or tray_item_id in (${tray})`);
  await run(sql`delete from tray_item where id in (${tray})`);
  await run(sql`update tray_item set suggestions = array_remove(suggestions, ${customerId}::uuid)
    where ${customerId}::uuid = any(suggestions)`);
  await leaveCallsUnkept(tx, customerId);
  await run(sql`update call set from_phone = null where customer_id is null and from_phone = any(${phones})`);
  await run(sql`delete from idempotency where response->>'customerId' = ${customerId}`);
}

/** Ids of what lay in the tray and was theirs. */
export function trayItemsOf(customerId: string, { mails, phones }: Traces) {
  return sql`select id from tray_item where lower(from_mail) = any(${mails}) or from_phone = any(${phones})
    or interaction_id in (select id from interaction where customer_id = ${customerId})`;
}

/** A comment stays as an empty place, because others answered it: no name, no address, no word, on no page and no feed. */
async function emptyComments({ db, now }: Tx, mails: readonly string[]): Promise<void> {
  const rows = await db.selectFrom('comment').where(sql<boolean>`mail = any(${mails})`).select('id').execute();
  for (const { id } of rows) {
    await db.deleteFrom('commentVersion').where('commentId', '=', id).execute();
    await db.updateTable('moderation').set({ words: '' }).where('commentId', '=', id).execute();
    await db
      .updateTable('comment')
      .set((eb) => ({
        name: '—',
        mail: 'erased@invalid',
        text: '—',
        heldWhy: null,
        likenessId: null,
        contentHash: randomBytes(32),
        withdrawnAt: eb.fn.coalesce('withdrawnAt', eb.val(now)),
      }))
      .where('id', '=', id)
      .execute();
  }
}
