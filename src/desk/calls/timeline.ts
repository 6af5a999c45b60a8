import { createHash } from 'node:crypto';
import type { ExpressionBuilder } from 'kysely';
import { spacedPhone } from '../../core/text/phone.ts';
import { system } from '../actor.ts';
import { openCaseFile } from '../casefiles/open.ts';
import { openCommitments } from '../commitments/queries.ts';
import { newId } from '../id.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import type { CallRow } from './call-row.ts';
import { callWords } from './call-words.ts';

/** The identity of a call on timelines and in the tray: there is never a second one. */
export const hashOfCall = (callId: string): Buffer => createHash('sha256').update(`call ${callId}`).digest();

/** Where a call stands on its customer's timeline. */
export interface OnTimeline {
  caseFileId: string;
  customerId: string;
  /** The matter was opened for this call alone. */
  opened: boolean;
}

/**
 * Writes the call's one line on its customer's timeline, or rewrites it with what is known now. Null when nobody knows
 * who called. The matter: the callback it returns, else an open one that is calls only, else the only open one, else one
 * of its own (which the caller of this must close or give a commitment in the same transaction).
 */
export async function putOnTimeline(tx: Tx, call: CallRow): Promise<OnTimeline | null> {
  if (!call.customerId) return null;
  const { locale, advisorId: ownId } = await tx.db
    .selectFrom('customer')
    .where('id', '=', call.customerId)
    .select(['locale', 'advisorId'])
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const { subject, text } = callWords(locale, await factsOf(tx, call));
  if (call.interactionId) return rewrite(tx, call, call.interactionId, text);
  const by = call.answeredBy ?? call.placedBy;
  const file = await matterOf(tx, call, call.customerId);
  const caseFile =
    file ??
    (await openCaseFile(tx, system, {
      customerId: call.customerId,
      subject,
      ownerId: ownId,
      lineId: null,
      at: call.invitedAt,
      covering: false,
    }));
  const interactionId = newId();
  await tx.insert('interaction', {
    id: interactionId,
    customerId: call.customerId,
    caseFileId: caseFile.id,
    channel: 'call',
    direction: call.direction,
    at: call.invitedAt,
    byAdvisor: by,
    party: call.fromPhone ?? call.toPhone ?? '',
    text,
    contentHash: hashOfCall(call.id),
  });
  await tx.db.updateTable('call').set({ interactionId }).where('id', '=', call.id).execute();
  await tx.db.updateTable('caseFile').set({ lastAt: tx.now }).where('id', '=', caseFile.id).execute();
  await tx.record({
    type: call.direction === 'in' ? 'interaction.received' : 'interaction.sent',
    customerId: call.customerId,
    advisorId: by,
    caseFileId: caseFile.id,
    facts: { interactionId, channel: 'call', own: by === ownId, callId: call.id },
  });
  return { caseFileId: caseFile.id, customerId: call.customerId, opened: !file };
}

async function rewrite(tx: Tx, call: CallRow, id: string, text: string): Promise<OnTimeline> {
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
    tx.db.selectFrom('callAttempt').where('callId', '=', call.id).selectAll().orderBy('attempt').execute(),
    tx.db.selectFrom('callTalk').where('callId', '=', call.id).selectAll().orderBy('startedAt').execute(),
    heardOffer(tx, call.id),
  ]);
  const by = call.answeredBy ?? call.placedBy;
  const name = (id: string) => roster.advisors.get(id)?.name ?? '';
  const inHands = new Set([by, ...talked.map(({ advisorId }) => advisorId)]);
  const from = call.answeredAt ?? call.invitedAt;
  const until = call.answeredAt ? call.endedAt : call.missedAt;
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

const secondsBetween = (from: Date, until: Date | null) =>
  until ? Math.max(0, Math.round((until.getTime() - from.getTime()) / 1000)) : null;

async function matterOf(tx: Tx, call: CallRow, customerId: string): Promise<{ id: string } | undefined> {
  if (call.commitmentId) {
    const promised = await tx.db
      .selectFrom('commitment')
      .where('id', '=', call.commitmentId)
      .select('caseFileId as id')
      .executeTakeFirst();
    if (promised) return promised;
  }
  const callback = await openCommitments(tx.db)
    .where('customerId', '=', customerId)
    .where('kind', '=', 'callback')
    .where('ownerId', '=', call.answeredBy ?? call.placedBy)
    .select('caseFileId as id')
    .orderBy('dueAt')
    .executeTakeFirst();
  if (callback) return callback;
  const ofCalls = await filesOfCallsOnly(tx, customerId);
  if (ofCalls[0]) return ofCalls[0];
  const open = await tx.db
    .selectFrom('caseFile')
    .where('customerId', '=', customerId)
    .where('closedAt', 'is', null)
    .select('id')
    .limit(2)
    .execute();
  return open.length === 1 ? open[0] : undefined;
}

/** Open matters of a customer in which nothing but calls was ever exchanged. */
export function filesOfCallsOnly(tx: Tx, customerId: string): Promise<{ id: string }[]> {
  return tx.db
    .selectFrom('caseFile')
    .where('customerId', '=', customerId)
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
    .orderBy('openedAt')
    .execute();
}
