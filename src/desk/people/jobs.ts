import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { forgetExpired } from './forget-expired.ts';

/** Clears away sessions and links that have long ended, once a night. */
export function peopleJobs(house: House): JobHandler[] {
  return [
    {
      name: 'forget-expired',
      concurrency: 1,
      schedule: '17 3 * * *',
      run: async () => {
        await house.transact(forgetExpired);
      },
    },
  ];
}
