import { type Kysely, sql } from 'kysely';
import { hidePersonalLinks } from '../../core/text/personal-links.ts';
import { prepared } from '../../platform/db/prepared.ts';
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
  const rows = after ? await nextPage(db, { advisorId, ...after }) : await firstPage(db, { advisorId });
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
      lastWords: hidePersonalLinks(row.lastWords ?? ''),
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

const firstPage = prepared((db: Kysely<DB>, given: { advisorId: string }) => inboxRows(db, given.advisorId));
const nextPage = prepared((db: Kysely<DB>, given: { advisorId: string } & Place) =>
  inboxRows(db, given.advisorId, { at: given.at, id: given.id }),
);

function inboxRows(db: Kysely<DB>, advisorId: string, after?: Place) {
  return (
    db
      // The page first: names and last words are then looked up for its rows alone.
      .with('page', () => nextPromises(db, advisorId, after))
      .selectFrom('page')
      .innerJoin('customer', 'customer.id', 'page.customerId')
      .innerJoin('area', 'area.id', 'customer.areaId')
      .innerJoin('commune', 'commune.insee', 'area.communeInsee')
      .leftJoinLateral(
        (eb) =>
          eb
            .selectFrom('interaction')
            .whereRef('interaction.caseFileId', '=', 'page.id')
            .select(sql<string>`left(text, 200)`.as('lastWords'))
            .orderBy('at', 'desc')
            .limit(1)
            .as('last'),
        (join) => join.onTrue(),
      )
      .selectAll('page')
      .select(['customer.name', 'commune.name as commune', 'last.lastWords'])
      .orderBy('page.place')
      .orderBy('page.id')
  );
}

/** One page of open case files, each with the first thing that is promised on it. */
function nextPromises(db: Kysely<DB>, advisorId: string, after: Place | undefined) {
  const place = sql<Date>`date_trunc('milliseconds', "next"."due_at")`;
  return db
    .selectFrom('caseFile')
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
    .where('caseFile.ownerId', '=', advisorId)
    .where('caseFile.closedAt', 'is', null)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(${place}, "case_file"."id") > (${after?.at}, ${after?.id})`),
    )
    .select([
      'caseFile.id',
      'caseFile.customerId',
      'caseFile.subject',
      'caseFile.unansweredSince',
      'caseFile.thirdParty',
      'caseFile.lastAt',
    ])
    .select(['next.id as commitmentId', 'next.kind', 'next.dueAt', 'next.words', 'next.escalation', place.as('place')])
    .orderBy('place')
    .orderBy('caseFile.id')
    .limit(PAGE + 1);
}
