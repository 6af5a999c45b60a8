import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { gatherFigures } from './gather.ts';
import { publishFigures } from './publish.ts';

/** New lines of the event log are added to the figures every minute; whole months are published once. */
export function figureJobs(house: House): JobHandler[] {
  return [
    {
      name: 'gather-figures',
      concurrency: 1,
      schedule: '* * * * *',
      run: async () => {
        await house.transact(gatherFigures);
        await house.transact(publishFigures);
      },
    },
  ];
}
