import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { mailJobs } from './channels/mail/jobs.ts';
import { startMail } from './channels/mail/start.ts';
import { absenceJobs } from './desk/absences/jobs.ts';
import { commitmentJobs } from './desk/commitments/jobs.ts';
import { offerDemo } from './desk/demo/offer.ts';
import { heldActionJobs } from './desk/held-actions/jobs.ts';
import { peopleJobs } from './desk/people/jobs.ts';
import { openHouse } from './house.ts';
import { ConfigError, readConfig } from './platform/config/config.ts';

/** `npm start`: the parts this process is asked for (web, jobs, mail; all by default) on one database. */
async function start(): Promise<void> {
  const config = readConfig(process.env);
  const { house, jobs, close } = await openHouse(config);
  const demo = config.parts.includes('web') ? await offerDemo(house) : undefined;
  if (config.parts.includes('jobs'))
    await jobs.work([
      ...mailJobs(house),
      ...commitmentJobs(house),
      ...absenceJobs(house),
      ...heldActionJobs(house),
      ...peopleJobs(house),
    ]);
  const mail = config.parts.includes('mail') ? await startMail(house) : undefined;
  const server = config.parts.includes('web')
    ? serve({ fetch: createApp(house).fetch, port: config.port, hostname: config.host }, () =>
        process.stdout.write(`${demo ?? ''}Visavis: ${config.origin}\n`),
      )
    : undefined;

  const stop = async () => {
    setTimeout(() => process.exit(0), 10_000).unref();
    server?.close();
    await mail?.stop();
    await close(config.parts.includes('web'));
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

start().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof Error;
  process.stderr.write(`${known ? (error as Error).message : String(error)}\n`);
  process.exit(error instanceof ConfigError ? 2 : 1);
});
