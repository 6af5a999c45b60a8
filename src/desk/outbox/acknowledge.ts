import { type Kysely, sql } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import type { Incoming } from '../interactions/incoming.ts';
import type { DB } from '../tables.ts';
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
  /** What was known of the writer and the conversation before this message. */
  known: KnownOfPeer;
}

/** Tells a writer whose mail arrived who answers and by when, unless that could harm someone. Never quotes the mail. */
export async function acknowledge(tx: Tx, roster: Roster, facts: AcknowledgementFacts): Promise<void> {
  const to = facts.incoming.from.mail;
  if (!to || !mayAcknowledge(roster, facts.incoming, to, facts.known)) return;
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
function mayAcknowledge({ operator }: Roster, incoming: Incoming, peer: string, known: KnownOfPeer): boolean {
  if (!incoming.acknowledge) return false;
  const to = peer.toLowerCase();
  if (to.endsWith(`@${operator.mailDomain}`) || to === operator.contactMail.toLowerCase()) return false;
  const mails = known.mails + (incoming.channel === 'mail' ? 1 : 0);
  const trusted = known.onFile ? !known.failing : incoming.proven;
  return trusted && !known.acknowledged && mails < BREAKER_MAILS;
}

export interface KnownOfPeer {
  onFile: boolean;
  failing: boolean;
  /** This conversation or this peer had an acknowledgement within 24 h. */
  acknowledged: boolean;
  /** Of this conversation, within ten minutes. */
  mails: number;
}

const UNKNOWN: KnownOfPeer = { onFile: false, failing: false, acknowledged: false, mails: 0 };

/** What the rules for acknowledgements ask about a writer and a conversation of this customer, in one question. */
export async function knownOfPeer(
  tx: Tx,
  { from, acknowledge }: Incoming,
  customerId: string,
  caseFileId: string | null,
): Promise<KnownOfPeer> {
  if (!from.mail || !acknowledge) return UNKNOWN;
  const [known] = await askOfPeer(tx.db, {
    customerId,
    caseFileId,
    to: from.mail.toLowerCase(),
    lately: new Date(tx.now.getTime() - BREAKER_MS),
    sinceYesterday: new Date(tx.now.getTime() - DAY_MS),
  });
  return known ?? UNKNOWN;
}

interface Asked {
  customerId: string;
  caseFileId: string | null;
  to: string;
  lately: Date;
  sinceYesterday: Date;
}

const askOfPeer = prepared((db: Kysely<DB>, given: Asked) => {
  const acknowledged = sql`select from outgoing_mail where kind = 'acknowledgement' and automatic and created_at > ${given.sinceYesterday}`;
  const ofConversation = sql`case_file_id = ${given.caseFileId} and customer_id = ${given.customerId}`;
  const question = sql<KnownOfPeer>`
    select address.value is not null as on_file, address.failing_since is not null as failing,
      exists (${acknowledged} and ${ofConversation}) or exists (${acknowledged} and lower(to_address) = ${given.to}) as acknowledged,
      (select count(*) from interaction where ${ofConversation} and channel = 'mail' and at > ${given.lately}) as mails
    from (values (1)) as once
    left join contact_point address on address.customer_id = ${given.customerId} and address.kind = 'mail' and address.value = ${given.to}`;
  return { compile: () => question.compile(db) };
});
