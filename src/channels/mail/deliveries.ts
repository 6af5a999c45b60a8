import { sql } from 'kysely';
import { newId } from '../../desk/id.ts';
import { storeBlob } from '../../desk/interactions/blobs.ts';
import type { Tx } from '../../desk/tx.ts';
import { canonicalLines } from './parse/canonical.ts';

/** A mail as it reached us, before anybody has looked inside. */
export interface NewDelivery {
  source: 'smtp' | 'imap' | 'upload';
  raw: Uint8Array;
  /** IMAP: the mailbox, and the message's place in it. */
  place?: { mailbox: string; uidValidity: number; uid: number };
  /** MAIL FROM; an empty string is the null return path; left out when unknown (IMAP). */
  envelopeFrom?: string;
  envelopeTo?: readonly string[];
  remoteAddress?: string;
  remoteName?: string;
  receivedAt: Date;
}

/**
 * Stores the raw bytes (line ends CRLF) and the job that will read them, in the caller's transaction: once it has
 * committed, the mail is accepted. Returns false when this very message of this mailbox is already stored.
 */
export async function storeDelivery(tx: Tx, delivery: NewDelivery): Promise<boolean> {
  const raw = canonicalLines(delivery.raw);
  const rawSha256 = await storeBlob(tx, raw);
  const stored = await tx.db
    .insertInto('delivery')
    .values({
      id: newId(),
      source: delivery.source,
      mailbox: delivery.place?.mailbox ?? null,
      uidValidity: delivery.place?.uidValidity ?? null,
      uid: delivery.place?.uid ?? null,
      envelopeFrom: delivery.envelopeFrom === undefined ? null : storable(delivery.envelopeFrom),
      envelopeTo: (delivery.envelopeTo ?? []).map(storable),
      remoteAddress: delivery.remoteAddress ?? null,
      remoteName: delivery.remoteName === undefined ? null : storable(delivery.remoteName),
      receivedAt: delivery.receivedAt,
      rawSha256,
      size: raw.length,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!stored) return false;
  await tx.enqueue('read-delivery', { id: stored.id });
  return true;
}

/**
 * Gives every unread delivery a job again when its own was lost with a process that died. Reading is idempotent, so a
 * second job for one that is being read does no harm. `graceSeconds`: how long a running job is left alone.
 */
export async function sweepDeliveries(tx: Tx, graceSeconds: number): Promise<number> {
  const lost = await sql<{ id: string }>`
    select d.id from delivery d where d.read_at is null
      and d.received_at < ${tx.now}::timestamptz - make_interval(secs => ${Math.min(graceSeconds, 30)})
      and not exists (select 1 from pgboss.job j where j.name = 'read-delivery' and j.data->>'id' = d.id::text
        and (j.state in ('created', 'retry') or (j.state = 'active' and j.started_on > now() - make_interval(secs => ${graceSeconds}))))
    order by d.received_at limit 1000`.execute(tx.db);
  for (const { id } of lost.rows) await tx.enqueue('read-delivery', { id });
  return lost.rows.length;
}

/** PostgreSQL stores no NUL in text. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '');
}
