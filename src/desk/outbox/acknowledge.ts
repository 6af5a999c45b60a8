import { sql } from 'kysely';
import type { Incoming } from '../interactions/incoming.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
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
export async function acknowledge(tx: Tx, facts: AcknowledgementFacts): Promise<void> {
  const to = facts.incoming.from.mail;
  if (!to || !(await mayAcknowledge(tx, { ...facts, to }))) return;
  const roster = await readRoster(tx.db, tx.now);
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
  await writeMail(tx, {
    kind: 'acknowledgement',
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
  });
}

/**
 * Whether an acknowledgement may leave (trust.md, mail rules 4 and 5): the channel found nothing automatic, the address
 * is proven or on file and not failing, it is not our own, and neither the conversation nor the peer had one in 24 h;
 * ten mails in ten minutes on one conversation stop everything automatic.
 */
async function mayAcknowledge(tx: Tx, facts: AcknowledgementFacts & { to: string }): Promise<boolean> {
  if (!facts.incoming.acknowledge) return false;
  const { operator } = await readRoster(tx.db, tx.now);
  const to = facts.to.toLowerCase();
  if (to.endsWith(`@${operator.mailDomain}`) || to === operator.contactMail.toLowerCase()) return false;
  if (!(await isTrusted(tx, facts, to))) return false;
  if (await acknowledgedLately(tx, facts.caseFileId, to)) return false;
  return (await mailsLately(tx, facts.caseFileId)) < BREAKER_MAILS;
}

async function isTrusted(tx: Tx, facts: AcknowledgementFacts, to: string): Promise<boolean> {
  const onFile = await tx.db
    .selectFrom('contactPoint')
    .where('customerId', '=', facts.customerId)
    .where('kind', '=', 'mail')
    .where('value', '=', to)
    .select('failingSince')
    .executeTakeFirst();
  if (onFile) return onFile.failingSince === null;
  return facts.incoming.proven;
}

async function acknowledgedLately(tx: Tx, caseFileId: string, to: string): Promise<boolean> {
  const since = new Date(tx.now.getTime() - DAY_MS);
  const found = await tx.db
    .selectFrom('outgoingMail')
    .where('kind', '=', 'acknowledgement')
    .where('automatic', '=', true)
    .where('createdAt', '>', since)
    .where((eb) => eb.or([eb('caseFileId', '=', caseFileId), eb(eb.fn<string>('lower', ['toAddress']), '=', to)]))
    .select('id')
    .executeTakeFirst();
  return found !== undefined;
}

async function mailsLately(tx: Tx, caseFileId: string): Promise<number> {
  const since = new Date(tx.now.getTime() - BREAKER_MS);
  const { count } = await tx.db
    .selectFrom('interaction')
    .where('caseFileId', '=', caseFileId)
    .where('channel', '=', 'mail')
    .where('at', '>', since)
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
