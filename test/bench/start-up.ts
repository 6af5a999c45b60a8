import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../src/platform/root.ts';
import { freePort } from '../servers/product.ts';

/** `npm start` on an empty data folder, once installed and built: milliseconds to the first page with the demo in it. */
export function timeToFirstPage(dataFolder: string): Promise<number> {
  return firstPage(projectRoot, { VISAVIS_DATA: dataFolder });
}

/**
 * `npm start` in a checkout where nothing is installed or built, with an empty npm cache: milliseconds to the same page.
 * Needs the network. The checkout is copied to the folder, without what git ignores.
 */
export async function timeFromBareCheckout(folder: string): Promise<number> {
  const checkout = join(folder, 'visavis');
  const made = ['.git', 'node_modules', 'dist', 'data', '.cache', 'test-results'].map((name) =>
    join(projectRoot, name),
  );
  await cp(projectRoot, checkout, { recursive: true, filter: (path) => !made.includes(path) });
  const PATH = (process.env.PATH ?? '').split(':').filter((each) => !each.includes('node_modules'));
  const cache = { npm_config_cache: join(folder, 'npm'), npm_config_prefer_offline: 'false', npm_execpath: '' };
  return firstPage(checkout, { ...cache, PATH: PATH.join(':'), VISAVIS_DATA: join(folder, 'data') });
}

async function firstPage(checkout: string, environment: Record<string, string>): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: checkout,
    env: {
      ...process.env,
      ...environment,
      PORT: String(port),
      VISAVIS_SMTP_PORT: '0',
      VISAVIS_DEMO: '1',
      VISAVIS_LOG: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const ended = once(child, 'exit');
  while (!(await isServed(`http://127.0.0.1:${port}/fr/contact?postcode=39240`))) {
    if (child.exitCode !== null) throw new Error('npm start ended before its first page');
    await sleep(25);
  }
  const took = performance.now() - started;
  // npm does not pass the signal on to what it started; its whole group gets it.
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  await ended;
  await sleep(1_000);
  return took;
}

/** Milliseconds `visavis doctor` takes on this database. */
export function runDoctor(databaseUrl: string): Promise<number> {
  return runCommand(databaseUrl, ['doctor', '--json']);
}

/** Milliseconds to the first answer of the planner: what was recorded is measured, then formulas; the start of Node too. */
export function runPlan(databaseUrl: string): Promise<number> {
  return runCommand(databaseUrl, ['plan', '--json']);
}

async function runCommand(databaseUrl: string, words: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'dist', 'cli.js'), ...words], {
    cwd: projectRoot,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'exit');
  return performance.now() - started;
}

async function isServed(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  );
}
