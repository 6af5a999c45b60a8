import { type ServerType, serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { mailJobs } from './channels/mail/jobs.ts';
import { startMail } from './channels/mail/start.ts';
import { smsJobs, sweepSms } from './channels/sms/jobs.ts';
import { openSms } from './channels/sms/open.ts';
import { dialJob } from './channels/telephony/dial-call.ts';
import { openTelephony } from './channels/telephony/open.ts';
import { absenceJobs } from './desk/absences/jobs.ts';
import { alertJobs } from './desk/alerts/jobs.ts';
import { callJobs } from './desk/calls/jobs.ts';
import { caseFileJobs } from './desk/casefiles/jobs.ts';
import { caseloadJobs } from './desk/caseloads/jobs.ts';
import { commitmentJobs } from './desk/commitments/jobs.ts';
import { offerDemo } from './desk/demo/offer.ts';
import { figureJobs } from './desk/figures/jobs.ts';
import { heldActionJobs } from './desk/held-actions/jobs.ts';
import type { House } from './desk/house.ts';
import { peopleJobs } from './desk/people/jobs.ts';
import { planningJobs } from './desk/planning/jobs.ts';
import { postJobs } from './desk/posts/jobs.ts';
import { noteSigningKey } from './desk/signing-keys.ts';
import { voiceJobs } from './desk/voices/jobs.ts';
import type { OpenHouse } from './house.ts';
import { portProblem } from './platform/port-problem.ts';
import { simulateStaffing } from './simulator/staffing.ts';

/** Opens what the world comes in by, and starts the work in the background. Returns the way to close the doors. */
export async function openDoors({ house, jobs, databaseUrl }: OpenHouse): Promise<() => Promise<void>> {
  const { parts, origin } = house.config;
  await noteSigningKey(house.db, house.clock(), house);
  const demo = parts.includes('web') ? await offerDemo(house) : undefined;
  const sms = parts.includes('jobs') ? openSms(house) : undefined;
  if (parts.includes('jobs')) {
    // Whoever was at work on an SMS before this start is most likely dead.
    await sweepSms(house, 0);
    await jobs.work([
      ...mailJobs(house),
      ...smsJobs(house, sms),
      ...caseFileJobs(house),
      ...commitmentJobs(house),
      ...absenceJobs(house),
      ...heldActionJobs(house),
      ...peopleJobs(house),
      ...postJobs(house),
      ...voiceJobs(house),
      ...alertJobs(house),
      ...callJobs(house),
      ...figureJobs(house),
      ...caseloadJobs(house),
      ...planningJobs(house, simulateStaffing),
    ]);
  }
  const mail = parts.includes('mail') ? await startMail(house) : undefined;
  const { telephony } = house.config;
  const filesAt = `${origin}/workspace/customers`;
  const calls =
    telephony && parts.includes('jobs')
      ? await openTelephony(house, { ...telephony, filesAt, databaseUrl })
      : undefined;
  if (calls) await jobs.work([dialJob(calls)]);
  const server = parts.includes('web') ? await listen(house) : undefined;
  if (server) process.stdout.write(`${demo ?? ''}Visavis: ${origin}\n`);
  return async () => {
    server?.close();
    await mail?.stop();
    await calls?.stop();
    await sms?.stop();
  };
}

/** Opens the web door. Throws a sentence when the port cannot be had. */
async function listen(house: House): Promise<ServerType> {
  const { port, host: hostname, language } = house.config;
  const server = serve({ fetch: createApp(house).fetch, port, hostname });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error) => reject(portProblem(error, { port, host: hostname, setting: 'PORT' }, language)));
  });
  return server;
}
