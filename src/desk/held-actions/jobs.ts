import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { runHeldAction } from './run.ts';

/** Carries out what the staff did, once it can no longer be undone. */
export function heldActionJobs(house: House): JobHandler[] {
  return [{ name: 'carry-out-action', concurrency: 4, run: ({ id }) => runHeldAction(house.transact, String(id)) }];
}
