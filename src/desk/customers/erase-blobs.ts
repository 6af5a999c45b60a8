import { sql } from 'kysely';
import type { Tx } from '../tx.ts';
import { type Traces, trayItemsOf } from './erase-traces.ts';

/** Hashes of the bytes that this customer's rows refer to: attachments, raw mails, files of drafts and of the tray. */
export async function blobsOf({ db }: Tx, customerId: string, traces: Traces): Promise<Buffer[]> {
  const tray = trayItemsOf(customerId, traces);
  const { rows } = await sql<{ sha256: Buffer }>`
    select sha256 from attachment where customer_id = ${customerId}
    union select sha256 from draft_file where customer_id = ${customerId}
    union select raw_sha256 from delivery where customer_id = ${customerId} or lower(envelope_from) = any(${traces.mails})
      or interaction_id in (select id from interaction where customer_id = ${customerId}) or tray_item_id in (${tray})
    union select raw_sha256 from tray_item where raw_sha256 is not null and id in (${tray})
    union select sha256 from tray_attachment where tray_item_id in (${tray})
    union select a.sha256 from pending_attachment a join pending_message p on p.id = a.pending_message_id where p.mail = any(${traces.mails})
    union select a.sha256 from outgoing_attachment a join outgoing_mail m on m.id = a.outgoing_mail_id
      where m.customer_id = ${customerId} or lower(m.to_address) = any(${traces.mails})
    union select original_sha256 from outgoing_mail where original_sha256 is not null and customer_id = ${customerId}`.execute(
    db,
  );
  return rows.map((row) => row.sha256);
}
