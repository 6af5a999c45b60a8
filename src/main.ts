import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { openHouse } from './house.ts';
import { ConfigError, readConfig } from './platform/config/config.ts';

/** `npm start`: the parts this process is asked for (web, jobs, mail; all by default) on one database. */
async function start(): Promise<void> {
  const config = readConfig(process.env);
  const { house, close } = await openHouse(config);
  const server = config.parts.includes('web')
    ? serve({ fetch: createApp(house).fetch, port: config.port, hostname: config.host }, () =>
        process.stdout.write(`Visavis: ${config.origin}\n`),
      )
    : undefined;

  const stop = async () => {
    setTimeout(() => process.exit(0), 10_000).unref();
    server?.close();
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
