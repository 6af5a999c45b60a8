import { sql } from 'kysely';
import type { Incoming } from '../interactions/incoming.ts';
import type { Tx } from '../tx.ts';
import type { Roster } from '../views/roster.ts';
import { acknowledgementWords } from './acknowledgement-words.ts';
import { writeMail } from './write-mail.ts';

const DAY_MS = 86_400_000;
const BREAKER_MS = 600_000;
const BREAKER_MAILS = 10;

export interface AcknowledgementFacts {
  incoming: Incoming;
  interactionId: string;
  caseFileId: string;
  customerId: string;
  locale: 'fr' | 'en';
  /** The customer's own advisor. */
  advisorId: string;
  /** Who answers now: the same, or whoever covers. */
  answering: string;
  /** When the own advisor is back, epoch milliseconds. */
  until: number | null;
  dueAt: Date;
}

/** Tells a writer whose mail arrived who answers and by when, unless that could harm someone. Never quotes the mail. */
export async function acknowledge(tx: Tx, roster: Roster, facts: AcknowledgementFacts): Promise<void> {
  const to = facts.incoming.from.mail;
  if (!to || !(await mayAcknowledge(tx, roster, { ...facts, to }))) return;
  const own = roster.advisors.get(facts.advisorId);
  const answering = roster.advisors.get(facts.answering);
  if (!own || !answering) return;
  const words = acknowledgementWords(facts.locale, {
    answering: answering.name,
    absent:
      own.id === answering.id ? null : { name: own.name, until: facts.until === null ? null : new Date(facts.until) },
    now: tx.now,
    receivedAt: facts.incoming.at,
    dueAt: facts.dueAt,
    operator: roster.operator.name,
    phone: roster.operator.phone,
    zone: roster.operator.timeZone,
    followAt: `${tx.origin}/${facts.locale}/my`,
  });
  const mail = {
    kind: 'acknowledgement' as const,
    to,
    subject: words.subject,
    text: words.text,
    advisorId: answering.id,
    customerId: facts.customerId,
    caseFileId: facts.caseFileId,
    interactionId: facts.interactionId,
    inReplyTo: facts.incoming.messageId ?? null,
    references: facts.incoming.messageId ? [facts.incoming.messageId] : [],
    automatic: true,
  };
  await writeMail(tx, mail, roster);
}

/**
 * Whether an acknowledgement may leave (trust.md, mail rules 4 and 5): the channel found nothing automatic, the address
 * is proven or on file and not failing, it is not our own, and neither the conversation nor the peer had one in 24 h;
 * ten mails in ten minutes on one conversation stop everything automatic.
 */
async function mayAcknowledge(
  tx: Tx,
  { operator }: Roster,
  facts: AcknowledgementFacts & { to: string },
): Promise<boolean> {
  if (!facts.incoming.acknowledge) return false;
  const to = facts.to.toLowerCase();
  if (to.endsWith(`@${operator.mailDomain}`) || to === operator.contactMail.toLowerCase()) return false;
  const { failing, onFile, acknowledged, mails } = await whatIsKnown(tx, facts, to);
  const trusted = onFile ? !failing : facts.incoming.proven;
  return trusted && !acknowledged && mails < BREAKER_MAILS;
}

interface Known {
  onFile: boolean;
  failing: boolean;
  /** This conversation or this peer had an acknowledgement within 24 h. */
  acknowledged: boolean;
  /** Of this conversation, within ten minutes. */
  mails: number;
}

/** Everything in one question to the database. */
async function whatIsKnown(tx: Tx, facts: AcknowledgementFacts, to: string): Promise<Known> {
  const { customerId, caseFileId } = facts;
  const lately = new Date(tx.now.getTime() - BREAKER_MS);
  const sinceYesterday = new Date(tx.now.getTime() - DAY_MS);
  const acknowledged = sql`select from outgoing_mail where kind = 'acknowledgement' and automatic and created_at > ${sinceYesterday}`;
  const { rows } = await sql<Known>`
    select address.value is not null as on_file, address.failing_since is not null as failing,
      exists (${acknowledged} and case_file_id = ${caseFileId}) or exists (${acknowledged} and lower(to_address) = ${to}) as acknowledged,
      (select count(*) from interaction where case_file_id = ${caseFileId} and channel = 'mail' and at > ${lately}) as mails
    from (values (1)) as once
    left join contact_point address on address.customer_id = ${customerId} and address.kind = 'mail' and address.value = ${to}`.execute(
    tx.db,
  );
  return rows[0] as Known;
}
