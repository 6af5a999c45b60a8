import { type ServerType, serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { mailJobs } from './channels/mail/jobs.ts';
import { startMail } from './channels/mail/start.ts';
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
import { postJobs } from './desk/posts/jobs.ts';
import { noteSigningKey } from './desk/signing-keys.ts';
import { voiceJobs } from './desk/voices/jobs.ts';
import { type OpenHouse, openHouse } from './house.ts';
import { ConfigError, readConfig } from './platform/config/config.ts';
import { portProblem } from './platform/port-problem.ts';

/** `npm start`: the parts this process is asked for (web, jobs, mail; all by default) on one database. */
async function start(): Promise<void> {
  const open = await openHouse(readConfig(process.env));
  try {
    const closeDoors = await openDoors(open);
    const stop = async () => {
      setTimeout(() => process.exit(0), 10_000).unref();
      await closeDoors();
      await open.close();
      process.exit(0);
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    await open.close();
    throw error;
  }
}

/** Opens what the world comes in by, and starts the work in the background. Returns the way to close the doors. */
async function openDoors({ house, jobs }: OpenHouse): Promise<() => Promise<void>> {
  const { parts, origin } = house.config;
  await noteSigningKey(house.db, house.clock(), house);
  const demo = parts.includes('web') ? await offerDemo(house) : undefined;
  if (parts.includes('jobs'))
    await jobs.work([
      ...mailJobs(house),
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
    ]);
  const mail = parts.includes('mail') ? await startMail(house) : undefined;
  const { telephony } = house.config;
  const fileUrl = (id: string) => `${origin}/workspace/customers/${id}`;
  const calls = telephony && parts.includes('jobs') ? await openTelephony(house, { ...telephony, fileUrl }) : undefined;
  const server = parts.includes('web') ? await listen(house) : undefined;
  if (server) process.stdout.write(`${demo ?? ''}Visavis: ${origin}\n`);
  return async () => {
    server?.close();
    await mail?.stop();
    await calls?.stop();
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

start().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof Error;
  process.stderr.write(`${known ? (error as Error).message : String(error)}\n`);
  process.exit(error instanceof ConfigError ? 2 : 1);
});
