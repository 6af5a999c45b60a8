import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { refreshVoice, refreshVoices } from './refresh.ts';

/** Outside voices are read every half hour, and at once when one is added. */
export function voiceJobs(house: House): JobHandler[] {
  return [
    {
      name: 'fetch-voices',
      concurrency: 1,
      schedule: '*/5 * * * *',
      run: async ({ id }) => {
        if (id) await refreshVoice(house, String(id));
        else await refreshVoices(house);
      },
    },
  ];
}
