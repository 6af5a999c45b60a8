import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { carryOutMoves } from './carry-out.ts';
import { wakeStalledPlans, workOutPlan } from './work-out.ts';

/** Plans of caseloads that are worked out, and every minute what is due of those that are applied. */
export function caseloadJobs(house: Pick<House, 'db' | 'transact' | 'clock'>): JobHandler[] {
  return [
    { name: 'work-out-caseloads', concurrency: 1, run: ({ planId }) => workOutPlan(house, String(planId)) },
    {
      name: 'watch-caseloads',
      concurrency: 1,
      schedule: '* * * * *',
      run: async () => {
        await wakeStalledPlans(house);
        await carryOutMoves(house.transact);
      },
    },
  ];
}
