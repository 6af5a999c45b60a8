import type { Kysely } from 'kysely';
import { onFree } from '../../core/routing/on-free.ts';
import type { OpenMessage, Situation } from '../../core/routing/situation.ts';
import type { DB } from '../tables.ts';
import type { Roster } from './roster.ts';
import { type HouseNow, readHouseNow, situationFor } from './situation.ts';

type Now = { db: Kysely<DB>; now: Date };

/** What the rules would have an advisor do next who is free now. */
export interface NextForMe {
  task: 'call' | 'callback' | 'message' | 'nothing';
  /** Of a callback and a message: whose, where, and before when it was promised or since when it waits. */
  about: { customerId: string; customerName: string; caseFileId: string; at: Date } | null;
  /** Who owes it, when it is a colleague. */
  owner: string | null;
}

/** Asks `onFree`, the same function that puts waiting callers through and that the simulator asks. */
export async function nextForMe(tx: Now, roster: Roster, advisorId: string): Promise<NextForMe> {
  const house = await readHouseNow(tx, roster);
  const next = onFree(roster.policy, await situationWhenFree(tx, house, advisorId), advisorId);
  if (next.task === 'call' || next.task === 'nothing') return { task: next.task, about: null, owner: null };
  const about = next.task === 'callback' ? await callbackAt(tx, next.callbackId) : await messageAt(tx, next.messageId);
  const owner = next.ownerId === advisorId ? null : (roster.advisors.get(next.ownerId)?.name ?? null);
  return { task: about ? next.task : 'nothing', about, owner };
}

/** What `onFree` may know: besides who waits and who owes which callback, the messages of this advisor, backups and pod. */
export async function situationWhenFree(tx: Now, house: HouseNow, advisorId: string): Promise<Situation> {
  const situation = situationFor(house, advisorId, tx.now);
  const me = situation.advisors[advisorId];
  const near = [advisorId, ...(me?.backsUp ?? []), ...((me && situation.pods[me.podId]) ?? [])];
  const messages = await oldestMessages(tx, [...new Set(near)]);
  const advisors = Object.entries(situation.advisors).map(
    ([id, state]) => [id, { ...state, messages: messages.get(id) ?? [] }] as const,
  );
  return { ...situation, advisors: Object.fromEntries(advisors) };
}

/** What waits longest at each of these advisors for an answer in writing. Whom we have promised to ring waits for that. */
async function oldestMessages({ db }: Now, owners: readonly string[]): Promise<Map<string, OpenMessage[]>> {
  const rows = await db
    .selectFrom('caseFile')
    .distinctOn('caseFile.ownerId')
    .where('caseFile.ownerId', 'in', owners)
    .where('caseFile.closedAt', 'is', null)
    .where('caseFile.unansweredSince', 'is not', null)
    .where('caseFile.thirdParty', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('commitment')
            .whereRef('commitment.caseFileId', '=', 'caseFile.id')
            .where('commitment.kind', '=', 'callback')
            .where('keptAt', 'is', null)
            .where('brokenAt', 'is', null)
            .where('withdrawnAt', 'is', null)
            .select('commitment.id'),
        ),
      ),
    )
    .select(['caseFile.id', 'caseFile.ownerId', 'caseFile.unansweredSince'])
    .orderBy('caseFile.ownerId')
    .orderBy('caseFile.unansweredSince')
    .execute();
  return new Map(
    rows.flatMap(({ id, ownerId, unansweredSince }) =>
      unansweredSince ? [[ownerId, [{ id, receivedAt: unansweredSince.getTime() }]] as const] : [],
    ),
  );
}

async function callbackAt({ db }: Now, id: string): Promise<NextForMe['about']> {
  const row = await db
    .selectFrom('commitment')
    .innerJoin('customer', 'customer.id', 'commitment.customerId')
    .where('commitment.id', '=', id)
    .select(['commitment.customerId', 'customer.name as customerName', 'commitment.caseFileId', 'dueAt as at'])
    .executeTakeFirst();
  return row ?? null;
}

async function messageAt({ db }: Now, id: string): Promise<NextForMe['about']> {
  const row = await db
    .selectFrom('caseFile')
    .innerJoin('customer', 'customer.id', 'caseFile.customerId')
    .where('caseFile.id', '=', id)
    .select(['caseFile.customerId', 'customer.name as customerName', 'caseFile.id as caseFileId'])
    .select('caseFile.unansweredSince as at')
    .executeTakeFirst();
  return row?.at ? { ...row, at: row.at } : null;
}
