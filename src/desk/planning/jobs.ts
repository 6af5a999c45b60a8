import { availableParallelism } from 'node:os';
import type { SimulateStaffing } from '../../core/planning/staffing.ts';
import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { readRoster } from '../views/roster.ts';
import { readStudy, STUDY_SEEDS } from './study.ts';

/** How often a study looks whether it was cancelled, and says how far it is. */
const LOOK_EVERY_MS = 500;
const STALLED_MS = 60_000;

class Cancelled extends Error {}

/** Plans that are simulated, one at a time; every minute those are begun again whose worker was ended. */
export function planningJobs(
  house: Pick<House, 'db' | 'transact' | 'clock'>,
  simulate: SimulateStaffing,
): JobHandler[] {
  return [
    {
      name: 'simulate-plan',
      concurrency: 1,
      schedule: '* * * * *',
      run: ({ studyId }) =>
        typeof studyId === 'string' ? simulateStudy(house, studyId, simulate) : wakeStalledStudies(house),
    },
  ];
}

/** Simulates one study; it may be ended at any moment and begun again: it keeps everything or nothing. */
export async function simulateStudy(
  { db, clock }: Pick<House, 'db' | 'clock'>,
  id: string,
  simulate: SimulateStaffing,
): Promise<void> {
  const begun = await db
    .updateTable('planStudy')
    .set({ state: 'working', seenAt: clock() })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'working'])
    .returning('id')
    .executeTakeFirst();
  const study = begun && (await readStudy(db, id));
  if (!study) return;
  const stopping = new AbortController();
  const far = { done: 0, runs: 0 };
  const looking = setInterval(() => void look(), LOOK_EVERY_MS);
  const look = async () => {
    const working = await update(db, id, { ...far, seenAt: clock() }).catch(() => true);
    if (!working) stopping.abort(new Cancelled());
  };
  try {
    const { policy } = await readRoster(db, clock());
    // One processor is left to those who are being answered.
    const threads = Math.max(1, availableParallelism() - 1);
    const result = await simulate(
      { ...study.asked, policy, seeds: STUDY_SEEDS },
      { threads, signal: stopping.signal, onProgress: (done, runs) => Object.assign(far, { done, runs }) },
    );
    await update(db, id, { ...far, state: 'ready', result: JSON.stringify(result) });
  } catch (problem) {
    if (stopping.signal.aborted) return;
    await update(db, id, { state: 'failed' });
    throw problem;
  } finally {
    clearInterval(looking);
  }
}

type Change = { seenAt?: Date; done?: number; runs?: number; state?: 'ready' | 'failed'; result?: string };

/** False when the study is no longer at work. */
async function update(db: House['db'], id: string, change: Change): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('planStudy')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'working')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function wakeStalledStudies({ transact }: Pick<House, 'transact'>): Promise<void> {
  await transact(async (tx) => {
    const stalled = await tx.db
      .updateTable('planStudy')
      .set({ state: 'waiting' })
      .where('state', '=', 'working')
      .where('seenAt', '<', new Date(tx.now.getTime() - STALLED_MS))
      .returning('id')
      .execute();
    for (const { id } of stalled) await tx.enqueue('simulate-plan', { studyId: id });
  });
}
