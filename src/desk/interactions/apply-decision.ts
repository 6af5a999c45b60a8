import type { Kysely } from 'kysely';
import type { WrittenDecision } from '../../core/routing/decision.ts';
import { type WrittenRequest, writtenRequest } from '../../core/routing/request.ts';
import type { Situation } from '../../core/routing/situation.ts';
import { prepared } from '../../platform/db/prepared.ts';
import type { Actor } from '../actor.ts';
import { type CaseFileState, lockCaseFile, openCaseFile, reopen } from '../casefiles/open.ts';
import { passTo } from '../casefiles/owner.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import { addressWorks } from '../customers/address-works.ts';
import { newId } from '../id.ts';
import { acknowledge, knownOfPeer } from '../outbox/acknowledge.ts';
import { acknowledgeSms } from '../sms/acknowledge.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { type Roster, readRoster } from '../views/roster.ts';
import { decideWritten } from '../views/situation.ts';
import { addQuietly } from './add-quietly.ts';
import type { Incoming, Received } from './incoming.ts';
import { serviceOf } from './service-level.ts';
import { writeInteraction } from './write-interaction.ts';

/**
 * Puts what a customer said on their timeline, in one transaction: decision, case file, owner, commitment, interaction,
 * event, acknowledgement. Throws when the customer does not exist.
 */
export async function applyDecision(tx: Tx, actor: Actor, customerId: string, incoming: Incoming): Promise<Received> {
  if (incoming.proven && incoming.from.mail) await addressWorks(tx, customerId, incoming.from.mail);
  const caseFileId = incoming.caseFileId ?? null;
  // Asked side by side: one way to the database and back.
  const [customer, conversation, roster, service, known] = await Promise.all([
    lockCustomer(tx, customerId),
    conversationOf(tx, incoming, customerId),
    readRoster(tx.db, tx.now),
    serviceOf(tx, customerId, caseFileId, incoming.lineReference ?? null),
    knownOfPeer(tx, incoming, customerId, caseFileId),
  ]);
  if (conversation && incoming.automatic) return addQuietly(tx, actor, conversation, incoming);
  const channel = incoming.channel === 'call' ? 'message' : incoming.channel;
  const request = writtenRequest(channel, customer, service);
  const { situation, decision } = decideWritten(roster, request, tx.now);

  const caseFile = await caseFileFor(
    tx,
    actor,
    conversation,
    decision,
    customer.advisorId,
    incoming,
    service.lineId,
    customerId,
  );
  const interactionId = await writeInteraction(tx, actor, caseFile, incoming);
  const soonest = Math.min(decision.dueAt, incoming.answerBefore?.getTime() ?? decision.dueAt);
  const owed = conversation && (await answerOwed(tx, conversation));
  const inTime = owed && (!incoming.answerBefore || owed.dueAt <= incoming.answerBefore);
  const commitment = inTime ? owed : await commitToAnswer(tx, actor, caseFile, new Date(soonest), roster);
  if (conversation) await noteUnanswered(tx, caseFile.id, incoming.at);
  await storeDecision(tx, customerId, interactionId, { situation, request, decision });
  await tx.record({
    type: 'interaction.received',
    customerId,
    advisorId: caseFile.ownerId,
    caseFileId: caseFile.id,
    facts: {
      interactionId,
      channel: incoming.channel,
      own: caseFile.ownerId === customer.advisorId,
      ...heardBy(actor, incoming),
    },
  });
  const advisor = { id: caseFile.ownerId, name: roster.advisors.get(caseFile.ownerId)?.name ?? '' };
  const say = incoming.channel === 'sms' ? acknowledgeSms : acknowledge;
  await say(tx, roster, {
    incoming,
    interactionId,
    caseFileId: caseFile.id,
    customerId,
    locale: customer.locale,
    advisorId: customer.advisorId,
    answering: caseFile.ownerId,
    until: decision.inPlaceOf?.until ?? null,
    dueAt: commitment.dueAt,
    known,
  });
  return {
    kind: 'interaction',
    id: interactionId,
    caseFileId: caseFile.id,
    customerId,
    advisor,
    commitment,
    duplicate: false,
  };
}

/** A call or a visit that an advisor noted was an exchange with that advisor. */
function heardBy(actor: Actor, { channel }: Incoming): { heardBy: string } | undefined {
  const spoken = channel === 'call' || channel === 'visit';
  return spoken && actor.kind === 'staff' && actor.advisorId ? { heardBy: actor.advisorId } : undefined;
}

/** One message of a customer at a time, so that two at once do not open two case files or two commitments. */
async function lockCustomer(tx: Tx, customerId: string): Promise<CustomerRow> {
  tx.keepApart(`customer ${customerId}`);
  const [customer] = await customerForWrite(tx.db, { customerId });
  if (!customer) throw new Error(`there is no customer ${customerId}`);
  return customer;
}

type CustomerRow = Awaited<ReturnType<typeof customerForWrite>>[number];

const customerForWrite = prepared((db: Kysely<DB>, given: { customerId: string }) =>
  db
    .selectFrom('customer')
    .where('id', '=', given.customerId)
    .select(['id', 'kind', 'advisorId', 'ringBack', 'locale'])
    .forNoKeyUpdate(),
);

/** The conversation the channel found, unless it is another customer's. */
async function conversationOf(tx: Tx, incoming: Incoming, customerId: string): Promise<CaseFileState | undefined> {
  if (!incoming.caseFileId) return undefined;
  const found = await lockCaseFile(tx, incoming.caseFileId);
  return found?.customerId === customerId ? found : undefined;
}

async function caseFileFor(
  tx: Tx,
  actor: Actor,
  conversation: CaseFileState | undefined,
  decision: WrittenDecision,
  ownAdvisorId: string,
  incoming: Incoming,
  lineId: string | null,
  customerId: string,
): Promise<CaseFileState> {
  const covering = decision.inPlaceOf !== null;
  if (!conversation) {
    const subject = incoming.subject?.trim() || firstLine(incoming.text);
    return openCaseFile(tx, actor, {
      customerId,
      subject,
      ownerId: decision.ownerId,
      lineId,
      at: incoming.at,
      unansweredSince: incoming.at,
      covering,
    });
  }
  if (conversation.closedAt) await reopen(tx, conversation);
  // Someone who took the matter over keeps it; what is the own advisor's follows the decision while they are away.
  if (conversation.ownerId === ownAdvisorId && decision.ownerId !== ownAdvisorId) {
    await passTo(tx, actor, { caseFileId: conversation.id, customerId, ownerId: decision.ownerId, reason: 'absence' });
    return { ...conversation, ownerId: decision.ownerId };
  }
  return conversation;
}

function firstLine(text: string): string {
  const line =
    text
      .split('\n')
      .find((each) => each.trim() !== '')
      ?.trim() ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** The answer already owed on this case file. */
function answerOwed(tx: Tx, { id }: CaseFileState): Promise<{ id: string; dueAt: Date } | undefined> {
  return openCommitments(tx.db)
    .where('caseFileId', '=', id)
    .where('kind', '=', 'answer')
    .select(['id', 'dueAt'])
    .orderBy('dueAt')
    .executeTakeFirst();
}

function commitToAnswer(
  tx: Tx,
  actor: Actor,
  { id, customerId, ownerId }: CaseFileState,
  dueAt: Date,
  roster: Roster,
): Promise<{ id: string; dueAt: Date }> {
  const answer = { customerId, caseFileId: id, kind: 'answer' as const, ownerId, dueAt };
  return makeCommitment(tx, actor, answer, roster);
}

async function noteUnanswered(tx: Tx, caseFileId: string, at: Date): Promise<void> {
  await tx.write(
    tx.db
      .updateTable('caseFile')
      .set((eb) => ({
        lastAt: eb.fn('greatest', ['lastAt', eb.val(at)]),
        unansweredSince: eb.fn.coalesce('unansweredSince', eb.val(at)),
      }))
      .where('id', '=', caseFileId),
  );
}

async function storeDecision(
  tx: Tx,
  customerId: string,
  interactionId: string,
  { situation, request, decision }: { situation: Situation; request: WrittenRequest; decision: WrittenDecision },
): Promise<void> {
  await tx.insert('decision', {
    id: newId(),
    customerId,
    interactionId,
    at: tx.now,
    policyVersion: decision.policyVersion,
    situation: JSON.stringify(situation),
    request: JSON.stringify(request),
    decision: JSON.stringify(decision),
  });
}
