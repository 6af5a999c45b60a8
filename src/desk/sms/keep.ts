import { sql } from 'kysely';
import { failpoint } from '../../platform/failpoint.ts';
import type { House } from '../house.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import type { IncomingSms } from './incoming-sms.ts';

/** Keeps an SMS before the other side is told that we have it. The same one again (see `isCopy`) changes nothing. */
export async function keepSms(house: Pick<House, 'transact'>, sms: IncomingSms): Promise<void> {
  await house.transact(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${sms.from}, 3))`.execute(tx.db);
    if (await isCopy(tx, sms)) return;
    const id = newId();
    await tx.db
      .insertInto('smsDelivery')
      .values({
        id,
        reference: sms.reference,
        session: sms.session,
        fromPhone: sms.from,
        toPhone: sms.to,
        text: sms.text,
        groupReference: sms.group?.reference ?? null,
        groupSize: sms.group?.size ?? null,
        groupPart: sms.group?.part ?? null,
        receivedAt: tx.now,
      })
      .execute();
    await tx.enqueue('read-sms', { id });
    failpoint('sms-before-commit');
  });
  failpoint('sms-after-commit');
}

/**
 * Whether this was delivered before: by the name the other side gave it; a part of a long SMS, by its place. Without a
 * name, the same words within an hour over another connection are the copy of an SMS whose answer was lost when the line
 * broke; over the same connection somebody has said it twice.
 * A copy moves it to its connection, so that the next one there is another.
 */
async function isCopy(tx: Tx, { reference, session, from, to, text, group }: IncomingSms): Promise<boolean> {
  const found = await sql`update sms_delivery set session = ${session} where id in (select id from sms_delivery where ${
    reference === null
      ? sql`from_phone = ${from} and to_phone = ${to} and text = ${text}
          and group_reference is not distinct from ${group?.reference ?? null} and group_part is not distinct from ${group?.part ?? null}
          and group_size is not distinct from ${group?.size ?? null}
          and received_at > ${tx.now}::timestamptz - interval '1 hour' and (${group !== undefined} or session <> ${session})`
      : sql`reference = ${reference}`
  } limit 1) returning id`.execute(tx.db);
  return found.rows.length > 0;
}

/** Gives unread SMS a job again whose own died with its process. */
export async function sweepSmsDeliveries(tx: Tx, graceSeconds: number): Promise<void> {
  const lost = await sql<{ id: string }>`select id from sms_delivery
    where read_at is null and received_at < ${tx.now}::timestamptz - make_interval(secs => ${graceSeconds})
    and not exists (select 1 from pgboss.job j where j.name = 'read-sms' and j.data->>'id' = sms_delivery.id::text
      and j.state in ('created', 'retry'))
    order by received_at limit 500`.execute(tx.db);
  for (const { id } of lost.rows) await tx.enqueue('read-sms', { id });
}
