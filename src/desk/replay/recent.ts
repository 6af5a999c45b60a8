import type { Kysely } from 'kysely';
import type { Policy } from '../../core/routing/policy.ts';
import type { DB } from '../tables.ts';
import { countRecorded } from './read-recorded.ts';
import { replayPeriod } from './replay-period.ts';
import type { ReplayReport } from './report.ts';

/** A page waits for no more than this; the command line takes any number of days. */
const MOST_ON_A_PAGE = 4_000;
const DAY_MS = 86_400_000;

/** The last seven days under a draft, or the last one where a week is too much for a page; null when a day is. */
export async function replayRecent(db: Kysely<DB>, now: Date, draft: Policy): Promise<ReplayReport | null> {
  for (const days of [7, 1]) {
    const period = { since: new Date(now.getTime() - days * DAY_MS), until: now };
    if ((await countRecorded(db, period)) <= MOST_ON_A_PAGE) return replayPeriod(db, draft, period);
  }
  return null;
}
