import { type Kysely, sql } from 'kysely';
import type { WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import type { DB } from '../tables.ts';

/** An advisor as whoever keeps the team sees them: everything that can be changed, and what depends on them. */
export interface AdvisorFile {
  id: string;
  givenName: string;
  familyName: string;
  shownAs: 'full' | 'first';
  phone: string;
  mail: string;
  languages: string[];
  workingHours: WeeklyHours;
  share: number;
  podId: string;
  pod: string;
  office: string;
  photoKey: string | null;
  leftAt: Date | null;
  backups: { id: string; name: string }[];
  areas: { id: string; insee: string; name: string; sector: string | null }[];
  customers: number;
}

/** The team's page of one advisor, also of one who has left; undefined when there is none. */
export async function readAdvisorFile(db: Kysely<DB>, id: string): Promise<AdvisorFile | undefined> {
  const row = await db
    .selectFrom('advisor')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .innerJoin('office', 'office.id', 'pod.officeId')
    .where('advisor.id', '=', id)
    .select(['advisor.id', 'givenName', 'familyName', 'shownAs', 'advisor.phone', 'mail', 'languages', 'workingHours'])
    .select(['share', 'podId', 'pod.name as pod', 'office.name as office', 'photo', 'leftAt'])
    .select((eb) =>
      eb
        .selectFrom('customer')
        .whereRef('customer.advisorId', '=', 'advisor.id')
        .select((each) => each.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('customers'),
    )
    .executeTakeFirst();
  if (!row) return undefined;
  const { photo, share, workingHours, ...rest } = row;
  const [backups, areas] = await Promise.all([backupsOf(db, id), areasOf(db, id)]);
  return {
    ...rest,
    share: Number(share),
    workingHours: workingHours as unknown as WeeklyHours,
    photoKey: photo?.toString('hex').slice(0, 12) ?? null,
    backups,
    areas,
  };
}

function backupsOf(db: Kysely<DB>, advisorId: string): Promise<AdvisorFile['backups']> {
  return db
    .selectFrom('backup')
    .innerJoin('advisor', 'advisor.id', 'backup.backupAdvisorId')
    .where('backup.advisorId', '=', advisorId)
    .select(['advisor.id', sql<string>`given_name || ' ' || family_name`.as('name')])
    .orderBy('rank')
    .execute();
}

function areasOf(db: Kysely<DB>, advisorId: string): Promise<AdvisorFile['areas']> {
  return db
    .selectFrom('area')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .where('area.advisorId', '=', advisorId)
    .select(['area.id', 'insee', 'commune.name', 'sector'])
    .orderBy('commune.name')
    .orderBy('sector')
    .execute();
}

/** Every pod with its office, for choosing one. */
export async function listPods(db: Kysely<DB>): Promise<{ id: string; name: string; office: string }[]> {
  return db
    .selectFrom('pod')
    .innerJoin('office', 'office.id', 'pod.officeId')
    .select(['pod.id', 'pod.name', 'office.name as office'])
    .orderBy('office.name')
    .orderBy('pod.name')
    .execute();
}
