import type { Kysely } from 'kysely';
import { normaliseMail } from '../../core/identity/mail-address.ts';
import type { DB } from '../tables.ts';

/** An advisor as whoever runs the installation sees them. */
export interface ListedAdvisor {
  id: string;
  name: string;
  pod: string;
  office: string;
  mail: string;
  /** Mail addresses, best first. */
  backups: string[];
  customers: number;
  areas: number;
  leftAt: Date | null;
}

/** Every advisor by office, pod and name; those who left stand last. */
export async function listAdvisors(db: Kysely<DB>): Promise<ListedAdvisor[]> {
  const backups = await db
    .selectFrom('backup')
    .innerJoin('advisor', 'advisor.id', 'backup.backupAdvisorId')
    .select(['backup.advisorId', 'advisor.mail'])
    .orderBy('rank')
    .execute();
  const customers = await countBy(db, 'customer');
  const areas = await countBy(db, 'area');
  const rows = await db
    .selectFrom('advisor')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .innerJoin('office', 'office.id', 'pod.officeId')
    .select(['advisor.id', 'givenName', 'familyName', 'pod.name as pod', 'office.name as office', 'mail', 'leftAt'])
    .orderBy((eb) => eb('leftAt', 'is not', null))
    .orderBy('office.name')
    .orderBy('pod.name')
    .orderBy('familyName')
    .orderBy('advisor.id')
    .execute();
  return rows.map(({ givenName, familyName, ...row }) => ({
    ...row,
    name: `${givenName} ${familyName}`,
    backups: backups.filter((backup) => backup.advisorId === row.id).map((backup) => backup.mail),
    customers: customers.get(row.id) ?? 0,
    areas: areas.get(row.id) ?? 0,
  }));
}

async function countBy(db: Kysely<DB>, table: 'customer' | 'area'): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom(table)
    .select('advisorId')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy('advisorId')
    .execute();
  return new Map(rows.map(({ advisorId, count }) => [advisorId, count]));
}

/** The advisor of whom somebody typed the mail address or the id; of those who left only when nobody present has it. */
export async function findAdvisor(
  db: Kysely<DB>,
  typed: string,
): Promise<{ id: string; name: string; mail: string } | undefined> {
  const mail = normaliseMail(typed) ?? typed.trim();
  const row = await db
    .selectFrom('advisor')
    .where((eb) =>
      eb.or([eb(eb.fn('lower', ['mail']), '=', mail), eb(eb.cast<string>('id', 'text'), '=', mail.toLowerCase())]),
    )
    .select(['id', 'givenName', 'familyName', 'mail'])
    .orderBy((eb) => eb('leftAt', 'is not', null))
    .executeTakeFirst();
  return row && { id: row.id, name: `${row.givenName} ${row.familyName}`, mail: row.mail };
}
