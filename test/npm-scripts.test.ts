import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plantDemo } from '../src/desk/demo/plant.ts';
import { demoSignInLinks } from '../src/desk/people/demo-sign-in-links.ts';
import { projectRoot } from '../src/platform/root.ts';
import { testDatabase } from './database.ts';
import { buildWhenMissing } from './servers/built.ts';
import { freePort, ready, startProduct } from './servers/product.ts';

const db = testDatabase();
let folder: string;
beforeAll(buildWhenMissing, 120_000);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-npm-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `npm run` of the checkout from this folder, without the steps before: nothing is installed or built. */
async function npmRun(from: string, ...args: string[]): Promise<{ status: number; said: string }> {
  const all = ['--prefix', projectRoot, 'run', '-s', '--ignore-scripts', ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)('npm', all, { cwd: from });
    return { status: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, said: stdout + stderr };
  }
}

test('a file named on the command line is looked for where its reader stands, not where Visavis lies', async () => {
  await writeFile(join(folder, 'posts.csv'), 'genre,title\nnotice,Essai\n');
  const found = await npmRun(folder, 'visavis', '--', 'import', 'posts', 'posts.csv');
  expect(found).toMatchObject({ status: 1, said: expect.stringContaining('Column markdown is missing.') });
  await writeFile(join(folder, 'broken.visavis'), 'no backup');
  const checked = await npmRun(folder, 'visavis', '--', 'restore', '--check', 'broken.visavis');
  expect(checked).toMatchObject({ status: 1, said: expect.stringContaining('damaged or not complete') });
  const nowhere = await npmRun(folder, 'visavis', '--', 'restore', '--check', 'nothing.visavis');
  expect(nowhere.said).toContain(join(folder, 'nothing.visavis'));
}, 60_000);

test('npm run dev starts what is built, again when a source changes; Ctrl+C leaves no PostgreSQL behind', async () => {
  const copy = join(folder, 'checkout');
  await cp(join(projectRoot, 'src'), join(copy, 'src'), { recursive: true });
  const same = ['scripts', 'node_modules', 'migrations', 'package.json', 'tsconfig.json', 'vite.config.ts'];
  for (const part of same) await symlink(join(projectRoot, part), join(copy, part));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Where the embedded server's own user can walk, so that its files lie here.
  const data = await mkdtemp(join(tmpdir(), 'visavis-dev-'));
  await chmod(data, 0o755);
  const server = join(data, 'postgresql-18', 'postmaster.pid');
  const environment = { VISAVIS_DATA: data, PORT: String(port), VISAVIS_SMTP_PORT: '0', VISAVIS_LOG: 'silent' };
  const dev = spawn('npm', ['run', '-s', '--ignore-scripts', 'dev'], {
    cwd: copy,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, VISAVIS_DEMO: '0', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const ended = once(dev, 'exit');
  const health = async () => {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    return answer?.text();
  };
  try {
    await expect.poll(health, { timeout: 90_000, interval: 250 }).toBe('{"ready":true}');
    const source = join(copy, 'src', 'web', 'health.ts');
    await writeFile(source, (await readFile(source, 'utf8')).replace('{ ready: true }', "{ ready: 'again' }"));
    await expect.poll(health, { timeout: 60_000, interval: 250 }).toBe('{"ready":"again"}');
    expect(existsSync(server)).toBe(true);
  } finally {
    // As the terminal sends it, to the whole group; npm passes it on once more.
    process.kill(-(dev.pid ?? 0), 'SIGINT');
  }
  await ended;
  await expect.poll(health, { timeout: 20_000 }).toBeUndefined();
  expect(existsSync(server)).toBe(false);
  await rm(data, { recursive: true, force: true });
}, 180_000);

test('npm run screenshots looks at a running installation', async () => {
  db.clock.now = new Date();
  await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 2_539, customers: 60 }));
  const product = await startProduct({ environment: { DATABASE_URL: db.url, VISAVIS_PARTS: 'web' } });
  await ready(product);
  const links = (await demoSignInLinks(db))
    .map(({ link }) => link.replace('http://localhost:8080', product.url))
    .filter((link) => link.includes('/my/enter/'));
  const out = join(folder, 'pictures');
  const args = ['--only=home-en', `--out=${out}`, '--url', product.url, '--enter', ...links];
  const { status, said } = await npmRun(folder, 'screenshots', '--', ...args);
  await product.stop();
  expect(said).toBe('');
  expect(status).toBe(0);
  expect((await readdir(out)).sort()).toEqual(['home-en-dark.png', 'home-en-light.png', 'home-en-narrow.png']);
}, 90_000);
