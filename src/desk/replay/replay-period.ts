import type { Kysely } from 'kysely';
import { decide } from '../../core/routing/decide.ts';
import type { Policy } from '../../core/routing/policy.ts';
import { isSameOutcome, type Recorded, replay } from '../../core/routing/replay.ts';
import { policyVersions } from '../settings/policy-versions.ts';
import type { DB } from '../tables.ts';
import { countRecorded, readRecorded } from './read-recorded.ts';
import { GatheredReplay, type ReplayReport, tellReport } from './report.ts';
import { readStored } from './stored.ts';

/** Half open. */
export interface ReplayPeriod {
  readonly since: Date;
  readonly until: Date;
}

/**
 * Asks a draft policy every question of these days again and says what would have been decided otherwise. Reads only, one
 * unchanging picture of the database. What cannot be read as today's rules read it is counted and left out. Throws when
 * aborted.
 */
export async function replayPeriod(
  db: Kysely<DB>,
  draft: Policy,
  period: ReplayPeriod,
  watch: { onProgress?: (done: number, of: number) => void; signal?: AbortSignal } = {},
): Promise<ReplayReport> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const versions = await policyVersions(tx);
      const of = await countRecorded(tx, period);
      const report = new GatheredReplay(draft.version, period);
      for await (const rows of readRecorded(tx, period)) {
        watch.signal?.throwIfAborted();
        for (const row of rows) {
          const stored = readStored(row);
          if (typeof stored === 'string') report.skip(stored);
          else report.add(row, stored, replay(draft, stored), isReproduced(versions, row.policyVersion, stored));
        }
        watch.onProgress?.(report.seen(), of);
      }
      return tellReport(tx, report);
    });
}

/** Whether the product still decides the same under the policy of that day; null: it knows that policy no longer. */
function isReproduced(versions: ReadonlyMap<string, Policy>, version: string, stored: Recorded): boolean | null {
  const policy = versions.get(version);
  if (!policy) return null;
  return isSameOutcome(decide(policy, stored.situation, stored.request), stored.decision);
}
