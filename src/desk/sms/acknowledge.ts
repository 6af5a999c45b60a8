import { sql } from 'kysely';
import type { AcknowledgementFacts } from '../outbox/acknowledge.ts';
import type { Tx } from '../tx.ts';
import type { Roster } from '../views/roster.ts';
import { mobileOf } from './mobile.ts';
import { acknowledgementSms } from './words.ts';
import { writeSms } from './write.ts';

/**
 * Tells who wrote by SMS who answers and by when, in the advisor's name: only to the number on file they wrote from, once
 * a conversation and once a number in 24 hours, and never in the middle of ten SMS within ten minutes.
 */
export async function acknowledgeSms(tx: Tx, roster: Roster, facts: AcknowledgementFacts): Promise<void> {
  const { incoming, customerId, caseFileId, interactionId, dueAt, locale } = facts;
  const to = incoming.from.phone;
  if (!to || !incoming.acknowledge || (await mobileOf(tx.db, customerId, to)) !== to) return;
  if (await saidEnough(tx, caseFileId, to)) return;
  const own = roster.advisors.get(facts.advisorId);
  const answering = roster.advisors.get(facts.answering);
  if (!own || !answering) return;
  const { name: operator, timeZone: zone } = roster.operator;
  const text = acknowledgementSms(locale, {
    name: answering.name,
    absent: own.id === answering.id ? null : own.name,
    operator,
    before: dueAt,
    now: tx.now,
    zone,
  });
  const about = { customerId, caseFileId, interactionId, advisorId: answering.id };
  await writeSms(tx, { kind: 'acknowledgement', to, text, ...about, automatic: true });
}

async function saidEnough(tx: Tx, caseFileId: string, phone: string): Promise<boolean> {
  const asked = await sql<{ enough: boolean }>`select
    exists (select from outgoing_sms where kind = 'acknowledgement' and (case_file_id = ${caseFileId}
      or to_phone = ${phone} and created_at > ${tx.now}::timestamptz - interval '24 hours'))
    or (select count(*) from sms_delivery where from_phone = ${phone} and received_at > ${tx.now}::timestamptz - interval '10 minutes') >= 10
    as enough`.execute(tx.db);
  return asked.rows[0]?.enough ?? false;
}
