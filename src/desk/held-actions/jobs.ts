import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { runHeldAction } from './run.ts';

/** Carries out what the staff did, once it can no longer be undone. */
export function heldActionJobs(house: House): JobHandler[] {
  const run = ({ id }: Record<string, unknown>) => runHeldAction(house.transact, String(id));
  return [{ name: 'carry-out-action', concurrency: 1, batch: 8, soon: true, run }];
}
