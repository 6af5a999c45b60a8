import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { askSolved } from './ask-solved.ts';

/** "Is it solved?", every morning when people are up, in one process at a time. */
export function caseFileJobs({ transact }: Pick<House, 'transact'>): JobHandler[] {
  return [
    {
      name: 'ask-solved',
      concurrency: 1,
      schedule: '10 8 * * *',
      run: async () => {
        await askSolved(transact);
      },
    },
  ];
}
