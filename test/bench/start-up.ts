import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../src/platform/root.ts';
import { freePort } from '../servers/product.ts';

/** `npm start` on an empty data folder, once installed and built: milliseconds to the first page with the demo in it. */
export async function timeToFirstPage(dataFolder: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: projectRoot,
    env: {
      ...process.env,
      PORT: String(port),
      VISAVIS_SMTP_PORT: '0',
      VISAVIS_DATA: dataFolder,
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
