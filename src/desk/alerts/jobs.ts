import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { resumeAlerts, tellAlerts } from './tell.ts';

/** Telling those who asked, and every minute what a process that died left half told. */
export function alertJobs(house: Pick<House, 'transact'>): JobHandler[] {
  return [
    {
      name: 'tell-alerts',
      concurrency: 1,
      schedule: '* * * * *',
      run: async ({ id }) => {
        if (id) await tellAlerts(house, String(id));
        else await house.transact(resumeAlerts);
      },
    },
  ];
}
