import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';
import type { Roster } from './roster.ts';

/** Something that happened to a case file or a commitment; a thin line between the exchanges. */
export interface StepEntry {
  type: 'step';
  id: string;
  at: Date;
  caseFileId: string;
  step: 'opened' | 'passedOn' | 'promised' | 'kept' | 'broken' | 'withdrawn' | 'closed';
  who: string | null;
  detail: string | null;
  words: string | null;
  dueAt: Date | null;
}

interface Span {
  from: Date;
  to: Date;
}

/** What happened to a customer's case files and commitments within a span of time. */
export async function customerSteps(
  db: Kysely<DB>,
  roster: Roster,
  customerId: string,
  span: Span,
): Promise<StepEntry[]> {
  const [owners, commitments, closings] = await Promise.all([
    passings(db, roster, customerId, span),
    commitmentSteps(db, customerId, span),
    closingsOf(db, customerId, span),
  ]);
  return [...owners, ...commitments, ...closings];
}

/** The first owner is said by the first message; later ones are worth a line. */
async function passings(db: Kysely<DB>, roster: Roster, customerId: string, span: Span): Promise<StepEntry[]> {
  const rows = await db
    .selectFrom('ownership')
    .where('customerId', '=', customerId)
    .where('at', '>=', span.from)
    .where('at', '<', span.to)
    .where('reason', '!=', 'own')
    .select(['id', 'caseFileId', 'at', 'ownerId', 'reason', 'summary'])
    .execute();
  return rows.map((row) => ({
    type: 'step',
    id: row.id,
    at: row.at,
    caseFileId: row.caseFileId,
    step: 'passedOn',
    who: roster.advisors.get(row.ownerId)?.name ?? '',
    detail: row.reason,
    words: row.summary,
    dueAt: null,
  }));
}

/** Promises people made, and every one that was broken or withdrawn; the router's own answers-by are in the header. */
async function commitmentSteps(db: Kysely<DB>, customerId: string, span: Span): Promise<StepEntry[]> {
  const rows = await db
    .selectFrom('commitment')
    .leftJoin('staff', 'staff.id', 'commitment.madeBy')
    .where('customerId', '=', customerId)
    .where((eb) =>
      eb.or([eb('kind', '!=', 'answer'), eb('brokenAt', 'is not', null), eb('withdrawnAt', 'is not', null)]),
    )
    .where(sql<boolean>`greatest(made_at, kept_at, broken_at, withdrawn_at) >= ${span.from}`)
    .select(['commitment.id', 'caseFileId', 'kind', 'words', 'madeAt', 'dueAt', 'keptAt', 'brokenAt', 'withdrawnAt'])
    .select(['withdrawnWords', 'madeBy', 'staff.name'])
    .execute();
  const steps = rows.flatMap((row): StepEntry[] => {
    const common = {
      type: 'step' as const,
      caseFileId: row.caseFileId,
      who: row.name,
      detail: row.kind,
      dueAt: row.dueAt,
    };
    const step = (name: StepEntry['step'], at: Date | null, words: string | null): StepEntry[] =>
      at ? [{ ...common, id: `${row.id}-${name}`, at, step: name, words }] : [];
    return [
      ...step('promised', row.madeBy && row.kind !== 'answer' ? row.madeAt : null, row.words),
      ...step('kept', row.kind === 'answer' ? null : row.keptAt, row.words),
      ...step('broken', row.brokenAt, row.words),
      ...step('withdrawn', row.withdrawnAt, row.withdrawnWords),
    ];
  });
  return steps.filter(({ at }) => at >= span.from && at < span.to);
}

async function closingsOf(db: Kysely<DB>, customerId: string, span: Span): Promise<StepEntry[]> {
  const rows = await db
    .selectFrom('caseFile')
    .leftJoin('staff', 'staff.id', 'caseFile.closedBy')
    .where('customerId', '=', customerId)
    .where('closedAt', '>=', span.from)
    .where('closedAt', '<', span.to)
    .select(['caseFile.id', 'closedAt', 'closingWords', 'staff.name'])
    .execute();
  return rows.flatMap((row) =>
    row.closedAt
      ? [
          {
            type: 'step' as const,
            id: `${row.id}-closed`,
            at: row.closedAt,
            caseFileId: row.id,
            step: 'closed' as const,
            who: row.name,
            detail: null,
            words: row.closingWords,
            dueAt: null,
          },
        ]
      : [],
  );
}
