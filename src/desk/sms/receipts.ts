import { sql } from 'kysely';
import type { House } from '../house.ts';
import type { Tx } from '../tx.ts';
import type { SmsReceipt } from './incoming-sms.ts';
import { tellStaffOfSms } from './tell-staff.ts';

/** Keeps what the network says of a part of ours, also when it says so before it has accepted it. */
export async function keepReceipt(
  house: Pick<House, 'transact'>,
  { reference, state, detail }: SmsReceipt,
): Promise<void> {
  await house.transact(async (tx) => {
    await tx.db
      .insertInto('smsReceipt')
      .values({ reference, state, detail, receivedAt: tx.now })
      .onConflict((conflict) => conflict.columns(['reference', 'state']).doNothing())
      .execute();
    const part = await tx.db
      .selectFrom('outgoingSmsPart')
      .where('reference', '=', reference)
      .select('outgoingSmsId')
      .orderBy('acceptedAt', 'desc')
      .executeTakeFirst();
    if (part) await noteDelivered(tx, part.outgoingSmsId);
  });
}

/** Delivered when every part is; not delivered when one is known never to be. Receipts come in any order, and twice. */
export async function noteDelivered(tx: Tx, id: string): Promise<void> {
  const now = tx.now;
  await tx.db.selectFrom('outgoingSms').where('id', '=', id).select('id').forUpdate().execute();
  const changed = await sql<{ delivered: boolean }>`
    with said as (
      select count(*) as parts,
        count(*) filter (where exists (select from sms_receipt r where r.reference = p.reference and r.state = 'delivered'
          and r.received_at > p.accepted_at - interval '7 days')) as delivered,
        count(*) filter (where exists (select from sms_receipt r where r.reference = p.reference and r.state = 'undelivered'
          and r.received_at > p.accepted_at - interval '7 days')
          and not exists (select from sms_receipt r where r.reference = p.reference and r.state = 'delivered')) as lost
      from outgoing_sms_part p where p.outgoing_sms_id = ${id})
    update outgoing_sms s set delivered_at = case when lost = 0 then ${now}::timestamptz end,
      undelivered_at = case when lost > 0 then ${now}::timestamptz end
    from said where s.id = ${id} and s.sent_at is not null and delivered_at is null
      and (lost > 0 and undelivered_at is null or lost = 0 and delivered = said.parts and said.parts > 0)
    returning delivered_at is not null as delivered`.execute(tx.db);
  const [settled] = changed.rows;
  if (!settled) return;
  const sms = await tx.db
    .selectFrom('outgoingSms')
    .where('id', '=', id)
    .select(['customerId', 'caseFileId', 'kind', 'toPhone', 'text'])
    .executeTakeFirstOrThrow();
  const { kind, customerId, caseFileId } = sms;
  await tx.record({
    type: settled.delivered ? 'sms.delivered' : 'sms.undelivered',
    customerId,
    caseFileId,
    facts: { smsId: id, kind },
  });
  if (!settled.delivered) await tellStaffOfSms(tx, sms, { kind: 'not_arrived' });
}

const KEPT_DAYS = 30;

/** Receipts are of no use after a month. */
export async function forgetReceipts(tx: Tx): Promise<void> {
  await sql`delete from sms_receipt where received_at < ${tx.now}::timestamptz - make_interval(days => ${KEPT_DAYS})`.execute(
    tx.db,
  );
}
