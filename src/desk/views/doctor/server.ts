import { sql } from 'kysely';
import { durabilityProblems } from '../../../platform/db/durable.ts';
import type { Check, Examined } from './finding.ts';
import { finding, rowsCheck } from './rows.ts';

const OLDEST_MAJOR = 15;
const MOST_DRIFT_MS = 5_000;

/** The database server itself, and the job queue in it. */
export const serverChecks: readonly Check[] = [
  {
    name: 'version',
    run: async ({ db }) => {
      const version = await setting(db, 'server_version');
      return Number.parseInt(version, 10) < OLDEST_MAJOR ? finding('version', [version]) : undefined;
    },
  },
  {
    name: 'durability',
    run: async ({ db }) => {
      const ask = async (name: string) => setting(db, name);
      return finding('durability', await durabilityProblems(ask));
    },
  },
  {
    name: 'clock',
    run: async ({ db, now }) => {
      const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db);
      const drift = Math.abs((rows[0]?.at.getTime() ?? 0) - now.getTime());
      return drift > MOST_DRIFT_MS ? finding('clock', [`${Math.round(drift / 1000)} s`]) : undefined;
    },
  },
  // Also after the clock was put right: whatever was logged while it ran ahead.
  rowsCheck(
    'logAhead',
    ({ now }) => sql`select seq as id from event where at > ${now}::timestamptz + interval '5 minutes'`,
  ),
  rowsCheck(
    'jobsFailed',
    ({ now }) =>
      sql`select name as id from pgboss.job where state = 'failed' and completed_on > ${now}::timestamptz - interval '7 days'`,
  ),
  rowsCheck(
    'jobsWaiting',
    ({
      now,
    }) => sql`select name as id from pgboss.job where state in ('created', 'retry') and start_after < ${now}::timestamptz - interval '5 minutes'
      and name not like '\\_\\_%'`,
  ),
];

async function setting(db: Examined['db'], name: string): Promise<string> {
  const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db);
  return rows[0]?.value ?? '';
}
