import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { forgetUnrecordedTalks } from '../presence/unrecorded-talks.ts';
import { forgetUnknownNumbers } from './forget-numbers.ts';
import { finishSilentCalls, setAsideUntold } from './silent-calls.ts';

/** Calls whose end nobody told us of, every minute; numbers of unknown callers, once a night. */
export function callJobs(house: House): JobHandler[] {
  return [
    {
      name: 'watch-calls',
      concurrency: 1,
      schedule: '* * * * *',
      run: async () => {
        await finishSilentCalls(house.transact);
        await setAsideUntold(house.transact);
        await house.transact(forgetUnrecordedTalks);
      },
    },
    {
      name: 'forget-numbers',
      concurrency: 1,
      schedule: '27 3 * * *',
      run: async () => {
        await house.transact(forgetUnknownNumbers);
      },
    },
  ];
}
