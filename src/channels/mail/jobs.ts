import type { DNSResolver } from 'mailauth';
import type { House } from '../../desk/house.ts';
import type { JobHandler } from '../../platform/jobs/jobs.ts';
import { sweepDeliveries } from './deliveries.ts';
import { readDelivery } from './read-delivery.ts';
import { createResolver } from './resolver.ts';
import { sendMails, sweepOutbox } from './send.ts';

/** A job that is running is left alone for this long before another worker may take its delivery. */
const GRACE_SECONDS = 120;

/** What the mail channel does in the background. */
export function mailJobs(house: House, resolver: DNSResolver = createResolver()): JobHandler[] {
  return [
    { name: 'read-delivery', concurrency: 2, batch: 4, run: ({ id }) => readDelivery(house, String(id), resolver) },
    // Each job that sends holds a connection to the database.
    { name: 'send-mail', concurrency: 2, batch: 10, run: (data) => sendMails(house, data) },
    { name: 'sweep', concurrency: 1, schedule: '* * * * *', run: () => sweepMail(house, GRACE_SECONDS) },
  ];
}

/** Finds mail whose job died with its process. At a start `graceSeconds` is 0: whoever was at it is most likely dead. */
export async function sweepMail(house: House, graceSeconds: number): Promise<void> {
  await house.transact(async (tx) => {
    await sweepDeliveries(tx, graceSeconds);
    if (house.config.smtpUrl) await sweepOutbox(tx);
  });
}
