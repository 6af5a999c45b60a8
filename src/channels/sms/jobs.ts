import type { House } from '../../desk/house.ts';
import { sweepSmsDeliveries } from '../../desk/sms/keep.ts';
import { readSms } from '../../desk/sms/read.ts';
import { forgetReceipts } from '../../desk/sms/receipts.ts';
import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { SmsLink } from './port.ts';
import { sendSms, sweepSmsOutbox } from './send.ts';

const GRACE_SECONDS = 120;

/** What the SMS channel does in the background. */
export function smsJobs(house: House, link: SmsLink | undefined): JobHandler[] {
  return [
    { name: 'read-sms', concurrency: 2, batch: 4, run: ({ id }) => readSms(house, String(id)) },
    // Each SMS that is being sent holds a connection to the database.
    { name: 'send-sms', concurrency: 2, batch: 5, run: ({ id }) => sendSms(house, link, String(id)) },
    { name: 'sweep-sms', concurrency: 1, schedule: '* * * * *', run: () => sweepSms(house, GRACE_SECONDS) },
  ];
}

/** Finds SMS whose job died with its process. At a start `graceSeconds` is 0. */
export async function sweepSms(house: House, graceSeconds: number): Promise<void> {
  await house.transact(async (tx) => {
    await sweepSmsDeliveries(tx, graceSeconds);
    if (house.config.sms) await sweepSmsOutbox(tx);
    await forgetReceipts(tx);
  });
}
