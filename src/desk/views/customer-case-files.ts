import { type Kysely, sql } from 'kysely';
import type { Decision } from '../../core/routing/decision.ts';
import { explainAll } from '../../core/routing/explain.ts';
import type { DB } from '../tables.ts';
import type { Roster } from './roster.ts';

interface Named {
  id: string;
  name: string;
}

export interface CaseFileInfo {
  id: string;
  subject: string;
  openedAt: Date;
  closedAt: Date | null;
  closingWords: string | null;
  owner: Named;
  thirdParty: string | null;
  waitingSince: Date | null;
  commitments: {
    id: string;
    kind: 'answer' | 'callback' | 'nextNews' | 'visit';
    words: string;
    dueAt: Date;
    owner: Named;
  }[];
  handover: { from: string; summary: string; at: Date } | null;
  why: { fr: string[]; en: string[] } | null;
  /** How it came to its owner. */
  cameBy: 'own' | 'absence' | 'return' | 'handover' | 'escalation' | 'departure' | null;
  lastInId: string | null;
  lastInBy: 'call' | 'mail' | 'sms' | 'message' | 'visit' | 'letter' | 'comment' | null;
}

const MOST = 30;

/** The matters of a customer, open ones first, with what is promised, the last handover and why its owner is its owner. */
export async function customerCaseFiles(
  db: Kysely<DB>,
  roster: Roster,
  customerId: string,
  now: Date,
): Promise<CaseFileInfo[]> {
  const rows = await db
    .selectFrom('caseFile')
    .where('customerId', '=', customerId)
    .select(['id', 'subject', 'openedAt', 'closedAt', 'closingWords', 'ownerId', 'thirdParty'])
    .select(['unansweredSince as waitingSince'])
    .select((eb) =>
      eb
        .selectFrom('interaction')
        .whereRef('interaction.caseFileId', '=', 'caseFile.id')
        .where('direction', '=', 'in')
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .select('interaction.id')
        .as('lastInId'),
    )
    .select((eb) =>
      eb
        .selectFrom('interaction')
        .whereRef('interaction.caseFileId', '=', 'caseFile.id')
        .where('direction', '=', 'in')
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .select('interaction.channel')
        .as('lastInBy'),
    )
    .select((eb) =>
      eb
        .selectFrom('ownership')
        .whereRef('ownership.caseFileId', '=', 'caseFile.id')
        .orderBy('at', 'desc')
        .limit(1)
        .select('reason')
        .as('cameBy'),
    )
    .orderBy(sql`closed_at is not null`)
    .orderBy('lastAt', 'desc')
    .limit(MOST)
    .execute();
  const ids = rows.map((row) => row.id);
  const named = (id: string): Named => ({ id, name: roster.advisors.get(id)?.name ?? '' });
  const [commitments, handovers, decisions] = await Promise.all([
    openCommitmentsOf(db, ids),
    handoversOf(db, ids),
    decisionsOf(db, ids),
  ]);
  return rows.map(({ ownerId, ...row }) => ({
    ...row,
    owner: named(ownerId),
    commitments: (commitments.get(row.id) ?? []).map((each) => ({ ...each, owner: named(each.ownerId) })),
    handover: handovers.get(row.id) ?? null,
    why: whyOf(roster, decisions.get(row.id), now),
  }));
}

async function openCommitmentsOf(db: Kysely<DB>, caseFileIds: readonly string[]) {
  if (caseFileIds.length === 0) return new Map<string, never[]>();
  const rows = await db
    .selectFrom('commitment')
    .where('caseFileId', 'in', caseFileIds)
    .where('keptAt', 'is', null)
    .where('brokenAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .orderBy('dueAt')
    .select(['id', 'caseFileId', 'kind', 'words', 'dueAt', 'ownerId'])
    .execute();
  return Map.groupBy(rows, (row) => row.caseFileId);
}

/** The newest passing-on with a summary of each case file, while its receiver still has it. */
async function handoversOf(
  db: Kysely<DB>,
  caseFileIds: readonly string[],
): Promise<Map<string, CaseFileInfo['handover']>> {
  if (caseFileIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('ownership')
    .innerJoin('caseFile', 'caseFile.id', 'ownership.caseFileId')
    .leftJoin('staff', 'staff.id', 'ownership.byStaff')
    .where('ownership.caseFileId', 'in', caseFileIds)
    .whereRef('ownership.ownerId', '=', 'caseFile.ownerId')
    .where('summary', 'is not', null)
    .distinctOn('ownership.caseFileId')
    .orderBy('ownership.caseFileId')
    .orderBy('ownership.at', 'desc')
    .select(['ownership.caseFileId', 'staff.name', 'summary', 'ownership.at'])
    .execute();
  return new Map(rows.map((row) => [row.caseFileId, { from: row.name ?? '', summary: row.summary ?? '', at: row.at }]));
}

async function decisionsOf(db: Kysely<DB>, caseFileIds: readonly string[]): Promise<Map<string, Decision>> {
  if (caseFileIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('decision')
    .innerJoin('interaction', 'interaction.id', 'decision.interactionId')
    .where('interaction.caseFileId', 'in', caseFileIds)
    .distinctOn('interaction.caseFileId')
    .orderBy('interaction.caseFileId')
    .orderBy('decision.at', 'desc')
    .select(['interaction.caseFileId', 'decision.decision'])
    .execute();
  return new Map(rows.map((row) => [row.caseFileId, row.decision as unknown as Decision]));
}

function whyOf(roster: Roster, decision: Decision | undefined, now: Date): CaseFileInfo['why'] {
  if (!decision) return null;
  const words = {
    nameOf: (id: string) => roster.advisors.get(id)?.name ?? '',
    timeZone: roster.operator.timeZone,
    now: now.getTime(),
  };
  return { fr: explainAll(decision.reasons, 'fr', words), en: explainAll(decision.reasons, 'en', words) };
}
