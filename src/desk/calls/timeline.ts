import { createHash } from 'node:crypto';
import type { ExpressionBuilder, Kysely } from 'kysely';
import { spacedPhone } from '../../core/text/phone.ts';
import type { Locale } from '../../core/text/typeset.ts';
import { prepared } from '../../platform/db/prepared.ts';
import { system } from '../actor.ts';
import { openCaseFile } from '../casefiles/open.ts';
import { openCommitments } from '../commitments/queries.ts';
import { newId } from '../id.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { type CallChanges, type CallRow, changeCall } from './call-row.ts';
import { callWords } from './call-words.ts';

/** The identity of a call on timelines and in the tray: there is never a second one. */
export const hashOfCall = (callId: string): Buffer => createHash('sha256').update(`call ${callId}`).digest();

/** Where a call stands on its customer's timeline. */
export interface OnTimeline {
  caseFileId: string;
  customerId: string;
  /** The customer's. */
  locale: Locale;
  /** The matter was opened for this call alone. */
  opened: boolean;
}

/** What changes together with the call's line. */
interface Also {
  /** Of the call itself. */
  changes?: CallChanges;
  /** Whoever called is still to be answered. */
  unanswered?: boolean;
}

/**
 * Writes the call's one line on its customer's timeline, or rewrites it with what is known now. Null when nobody knows
 * who called. The matter: the callback it returns, else an open one that is calls only, else the only open one, else one
 * of its own (which the caller of this must close or give a commitment in the same transaction).
 */
export async function putOnTimeline(
  tx: Tx,
  call: CallRow,
  { changes = {}, unanswered = false }: Also = {},
): Promise<OnTimeline | null> {
  const { customerId } = call;
  if (!customerId) {
    await changeCall(tx, call.id, changes);
    return null;
  }
  // Asked side by side: one way to the database and back.
  const [{ locale, advisorId: ownId }, facts, matter] = await Promise.all([
    lockCustomer(tx, customerId),
    factsOf(tx, call),
    call.interactionId ? undefined : matterOf(tx, call, customerId),
  ]);
  const { subject, text } = callWords(locale, facts);
  if (call.interactionId) {
    await changeCall(tx, call.id, changes);
    return { ...(await rewrite(tx, call, call.interactionId, text)), locale };
  }
  const by = call.answeredBy ?? call.placedBy;
  const opening = { customerId, subject, ownerId: ownId, lineId: null, at: tx.now, covering: false };
  const since = unanswered ? { unansweredSince: call.invitedAt } : {};
  const caseFile = matter ?? (await openCaseFile(tx, system, { ...opening, ...since }));
  const interactionId = newId();
  await tx.insert('interaction', {
    id: interactionId,
    customerId,
    caseFileId: caseFile.id,
    channel: 'call',
    direction: call.direction,
    at: call.invitedAt,
    byAdvisor: by,
    party: call.fromPhone ?? call.toPhone ?? '',
    text,
    contentHash: hashOfCall(call.id),
  });
  await changeCall(tx, call.id, { ...changes, interactionId });
  if (matter) await touch(tx, matter.id, unanswered ? call.invitedAt : null);
  await tx.record({
    type: call.direction === 'in' ? 'interaction.received' : 'interaction.sent',
    customerId,
    advisorId: by,
    caseFileId: caseFile.id,
    facts: { interactionId, channel: 'call', own: by === ownId, callId: call.id },
  });
  return { caseFileId: caseFile.id, customerId, locale, opened: !matter };
}

/** Two calls of one customer at once must not open two matters. */
export async function lockCustomer(tx: Tx, id: string): Promise<{ locale: Locale; advisorId: string }> {
  tx.keepApart(`customer ${id}`);
  const [customer] = await customerForUpdate(tx.db, { id });
  if (!customer) throw new Error(`there is no customer ${id}`);
  return customer;
}

const customerForUpdate = prepared((db: Kysely<DB>, given: { id: string }) =>
  db.selectFrom('customer').where('id', '=', given.id).select(['locale', 'advisorId']).forNoKeyUpdate(),
);

/** Something was said in a matter that is open already. */
function touch(tx: Tx, id: string, unansweredSince: Date | null): Promise<void> {
  return tx.write(
    tx.db
      .updateTable('caseFile')
      .set((eb) => ({
        lastAt: tx.now,
        ...(unansweredSince ? { unansweredSince: eb.fn.coalesce('unansweredSince', eb.val(unansweredSince)) } : {}),
      }))
      .where('id', '=', id),
  );
}

async function rewrite(tx: Tx, call: CallRow, id: string, text: string): Promise<Omit<OnTimeline, 'locale'>> {
  const { caseFileId, customerId } = await tx.db
    .updateTable('interaction')
    .set((eb) => ({
      text,
      // Who took the call, though a colleague ended it.
      byAdvisor: eb.fn.coalesce(firstInHand(eb, call.id), eb.val(call.answeredBy ?? call.placedBy)),
    }))
    .where('id', '=', id)
    .returning(['caseFileId', 'customerId'])
    .executeTakeFirstOrThrow();
  return { caseFileId, customerId, opened: false };
}

function firstInHand(eb: ExpressionBuilder<DB, 'interaction'>, callId: string) {
  return eb
    .selectFrom('callTalk')
    .where('callTalk.callId', '=', callId)
    .select('callTalk.advisorId')
    .orderBy('callTalk.startedAt')
    .limit(1);
}

/** What there is to say about a call: who talked, how long, whom it rang before. */
export async function factsOf(tx: Tx, call: CallRow) {
  const [roster, rang, talked, offer] = await Promise.all([
    readRoster(tx.db, tx.now),
    attemptsOf(tx.db, { callId: call.id }),
    talksOf(tx.db, { callId: call.id }),
    heardOffer(tx, call.id),
  ]);
  const by = call.answeredBy ?? call.placedBy;
  const name = (id: string) => roster.advisors.get(id)?.name ?? '';
  const inHands = new Set([by, ...talked.map(({ advisorId }) => advisorId)]);
  const from = call.answeredAt ?? call.invitedAt;
  const told = call.saidOverAt ? null : call.endedAt;
  const until = call.answeredAt ? told : call.missedAt;
  return {
    direction: call.direction,
    talked: call.answeredAt !== null,
    advisor: by ? name(by) : null,
    others: rang
      .filter(({ advisorId }) => !inHands.has(advisorId))
      .map((each) => ({ name: name(each.advisorId), seconds: secondsBetween(each.rangAt, each.stoppedAt) })),
    rangSeconds: rangFor(rang.find(({ advisorId }) => advisorId === call.answeredBy)),
    offer,
    seconds: secondsBetween(from, until),
    talks: talked.map((each) => ({
      advisor: name(each.advisorId),
      seconds: secondsBetween(each.startedAt, each.endedAt),
    })),
    phone: call.fromPhone ? spacedPhone(call.fromPhone) : null,
  };
}

const rangFor = (attempt: { rangAt: Date; stoppedAt: Date | null } | undefined) =>
  attempt ? secondsBetween(attempt.rangAt, attempt.stoppedAt) : null;

/** What was heard of the offer by who stayed on the line, or hung up before it could be understood. */
async function heardOffer(tx: Tx, callId: string): Promise<{ seconds: number; declined: boolean } | null> {
  const offer = await tx.db
    .selectFrom('callbackOffer')
    .where('callId', '=', callId)
    .where('acceptedAt', 'is', null)
    .select(['playedMs', 'declinedAt'])
    .executeTakeFirst();
  if (!offer?.playedMs) return null;
  return { seconds: Math.max(1, Math.round(offer.playedMs / 1000)), declined: offer.declinedAt !== null };
}

const attemptsOf = prepared((db: Kysely<DB>, given: { callId: string }) =>
  db
    .selectFrom('callAttempt')
    .where('callId', '=', given.callId)
    .select(['advisorId', 'rangAt', 'stoppedAt'])
    .orderBy('rangAt'),
);

const talksOf = prepared((db: Kysely<DB>, given: { callId: string }) =>
  db.selectFrom('callTalk').where('callId', '=', given.callId).selectAll().orderBy('startedAt'),
);

const secondsBetween = (from: Date, until: Date | null) =>
  until ? Math.max(0, Math.round((until.getTime() - from.getTime()) / 1000)) : null;

async function matterOf(tx: Tx, call: CallRow, customerId: string): Promise<{ id: string } | undefined> {
  const owner = call.answeredBy ?? call.placedBy;
  const [promised, callback, [ofCalls], open] = await Promise.all([
    call.commitmentId ? matterOfCommitment(tx, call.commitmentId) : undefined,
    owner ? matterOfCallback(tx, customerId, owner) : undefined,
    filesOfCallsOnly(tx, customerId),
    openFiles(tx.db, { customerId }),
  ]);
  return promised ?? callback ?? ofCalls ?? (open.length === 1 ? open[0] : undefined);
}

function matterOfCommitment(tx: Tx, id: string): Promise<{ id: string } | undefined> {
  return tx.db.selectFrom('commitment').where('id', '=', id).select('caseFileId as id').executeTakeFirst();
}

function matterOfCallback(tx: Tx, customerId: string, ownerId: string): Promise<{ id: string } | undefined> {
  return openCommitments(tx.db)
    .where('customerId', '=', customerId)
    .where('kind', '=', 'callback')
    .where('ownerId', '=', ownerId)
    .select('caseFileId as id')
    .orderBy('dueAt')
    .executeTakeFirst();
}

const openFiles = prepared((db: Kysely<DB>, given: { customerId: string }) =>
  db
    .selectFrom('caseFile')
    .where('customerId', '=', given.customerId)
    .where('closedAt', 'is', null)
    .select('id')
    .limit(2),
);

/** Open matters of a customer in which nothing but calls was ever exchanged. */
export function filesOfCallsOnly(tx: Tx, customerId: string): Promise<{ id: string }[]> {
  return callsOnly(tx.db, { customerId });
}

const callsOnly = prepared((db: Kysely<DB>, given: { customerId: string }) =>
  db
    .selectFrom('caseFile')
    .where('customerId', '=', given.customerId)
    .where('closedAt', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('interaction')
          .whereRef('caseFileId', '=', 'caseFile.id')
          .where('channel', '=', 'call')
          .select('id'),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('interaction')
            .whereRef('caseFileId', '=', 'caseFile.id')
            .where('channel', '!=', 'call')
            .select('id'),
        ),
      ),
    )
    .where((eb) => eb.not(eb.exists(eb.selectFrom('note').whereRef('caseFileId', '=', 'caseFile.id').select('id'))))
    .where('thirdParty', 'is', null)
    .select('id')
    .orderBy('openedAt'),
);
