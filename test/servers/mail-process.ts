// Visavis's mail channel in a process of its own, for tests that kill it: takes mail, reads it, sends what leaves.
// Prints the port of its SMTP door once it is ready.
import { mailJobs } from '../../src/channels/mail/jobs.ts';
import { startMail } from '../../src/channels/mail/start.ts';
import { openHouse } from '../../src/house.ts';
import { readConfig } from '../../src/platform/config/config.ts';
import { noDns } from './dns.ts';

const { house, jobs } = await openHouse(readConfig(process.env));
await jobs.work(mailJobs(house, noDns));
const mail = await startMail(house);
process.stdout.write(`${mail.smtpPort}\n`);
