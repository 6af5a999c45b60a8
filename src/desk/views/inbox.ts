import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';
import { PAGE, type Page, type Place, pageOf } from './page.ts';

/** One open matter of an advisor: who waits, since when, and what is promised next. */
export interface InboxItem {
  caseFileId: string;
  customer: { id: string; name: string; commune: string };
  subject: string;
  /** First message nobody has answered; null when we have. */
  unansweredSince: Date | null;
  thirdParty: string | null;
  lastAt: Date;
  lastWords: string;
  commitment: {
    id: string;
    kind: 'answer' | 'callback' | 'nextNews' | 'visit';
    dueAt: Date;
    words: string;
    escalation: number;
  };
}

/** The open case files an advisor owns, the next promise first; `after` is the place the previous page ended at. */
export async function inbox(db: Kysely<DB>, advisorId: string, after?: Place): Promise<Page<InboxItem>> {
  const rows = await db
    .selectFrom('caseFile')
    .innerJoin('customer', 'customer.id', 'caseFile.customerId')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('commitment')
          .whereRef('commitment.caseFileId', '=', 'caseFile.id')
          .where('keptAt', 'is', null)
          .where('brokenAt', 'is', null)
          .where('withdrawnAt', 'is', null)
          .select(['commitment.id', 'commitment.kind', 'commitment.dueAt', 'commitment.words', 'commitment.escalation'])
          .orderBy('dueAt')
          .limit(1)
          .as('next'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('interaction')
          .whereRef('interaction.caseFileId', '=', 'caseFile.id')
          .select(sql<string>`left(text, 200)`.as('words'))
          .orderBy('at', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .where('caseFile.ownerId', '=', advisorId)
    .where('caseFile.closedAt', 'is', null)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(date_trunc('milliseconds', "next"."due_at"), "case_file"."id") > (${after?.at}, ${after?.id})`,
      ),
    )
    .select([
      'caseFile.id',
      'caseFile.subject',
      'caseFile.unansweredSince',
      'caseFile.thirdParty',
      'caseFile.lastAt',
      'customer.id as customerId',
      'customer.name',
      'commune.name as commune',
      'last.words as lastWords',
    ])
    .select(['next.id as commitmentId', 'next.kind', 'next.dueAt', 'next.words', 'next.escalation'])
    .orderBy(sql`date_trunc('milliseconds', "next"."due_at")`)
    .orderBy('caseFile.id')
    .limit(PAGE + 1)
    .execute();
  return pageOf(
    rows,
    (row) => ({ at: row.dueAt, id: row.id }),
    (row): InboxItem => ({
      caseFileId: row.id,
      customer: { id: row.customerId, name: row.name, commune: row.commune },
      subject: row.subject,
      unansweredSince: row.unansweredSince,
      thirdParty: row.thirdParty,
      lastAt: row.lastAt,
      lastWords: row.lastWords ?? '',
      commitment: {
        id: row.commitmentId,
        kind: row.kind,
        dueAt: row.dueAt,
        words: row.words,
        escalation: row.escalation,
      },
    }),
  );
}
