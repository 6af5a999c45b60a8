import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { House } from '../house.ts';
import { announceDuePosts } from './publish.ts';

/** Scheduled posts whose time has come, every minute. Pages show them by the clock; this tells of them. */
export function postJobs({ transact }: Pick<House, 'transact'>): JobHandler[] {
  return [
    {
      name: 'watch-posts',
      concurrency: 1,
      schedule: '* * * * *',
      run: async () => {
        await transact(announceDuePosts);
      },
    },
  ];
}
