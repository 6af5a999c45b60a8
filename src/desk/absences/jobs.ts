import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { tellAbsence } from './tell.ts';
import { watchAbsences } from './watch.ts';

/** Absences that begin and end, every minute, and the customers who are told. */
export function absenceJobs({ transact }: Pick<House, 'transact'>): JobHandler[] {
  return [
    {
      name: 'watch-absences',
      concurrency: 1,
      schedule: '* * * * *',
      run: async () => {
        await watchAbsences(transact);
      },
    },
    {
      name: 'tell-absence',
      run: ({ absenceId, customerId }) => tellAbsence(transact, String(absenceId), String(customerId)),
    },
  ];
}
