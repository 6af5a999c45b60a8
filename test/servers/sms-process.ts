// Visavis's SMS channel in a process of its own, for tests that kill it. Prints a line once it is at work.
import { smsJobs, sweepSms } from '../../src/channels/sms/jobs.ts';
import { openSms } from '../../src/channels/sms/open.ts';
import { openHouse } from '../../src/house.ts';
import { readConfig } from '../../src/platform/config/config.ts';

const { house, jobs } = await openHouse(readConfig(process.env));
await sweepSms(house, 0);
await jobs.work(smsJobs(house, openSms(house)));
process.stdout.write('0\n');
