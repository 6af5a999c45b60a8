import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { watchCommitments } from './watch.ts';

/** Reminders and broken commitments, every minute. */
export function commitmentJobs(house: House): JobHandler[] {
  return [
    {
      name: 'watch-commitments',
      concurrency: 1,
      schedule: '* * * * *',
      run: async () => {
        await watchCommitments(house.transact);
      },
    },
  ];
}
