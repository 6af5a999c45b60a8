import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../src/platform/root.ts';
import { makeToken } from './bench/database.ts';
import { fill } from './bench/fill.ts';
import { bearer, httpClient } from './bench/http.ts';
import { postMessage } from './bench/intake.ts';
import { listen } from './bench/live.ts';
import { buildWhenMissing } from './servers/built.ts';
import { type DurableServer, durableServer } from './servers/durable-server.ts';
import { type Product, ready, startProduct } from './servers/product.ts';
import { startLoad } from './soak/load.ts';
import { CUSTOMERS, RELAY } from './soak/stage.ts';
import { compareWithLedger } from './soak/verdict.ts';

beforeAll(buildWhenMissing, 120_000);

describe('two web and two worker processes on one database', () => {
  let server: DurableServer;
  let client: pg.Client;
  let token: string;
  const running: Product[] = [];
  const start = async (parts: string, environment: Record<string, string> = {}) => {
    const product = await startProduct({
      environment: { DATABASE_URL: server.url, VISAVIS_PARTS: parts, VISAVIS_TRUSTED_RELAYS: RELAY, ...environment },
    });
    running.push(product);
    return product;
  };
  let webA: Product;
  let webB: Product;
  let workerA: Product;

  beforeAll(async () => {
    server = await durableServer();
    [webA, webB, workerA] = (await Promise.all(['web,mail', 'web', 'jobs', 'jobs'].map((parts) => start(parts)))) as [
      Product,
      Product,
      Product,
    ];
    await Promise.all([ready(webA), ready(webB)]);
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await fill(client, { customers: CUSTOMERS, interactions: 200 }, () => {});
    token = await makeToken(client);
  }, 90_000);
  afterAll(async () => {
    await Promise.all(running.map((product) => product.kill()));
    await client?.end();
    await server?.stop();
  });

  it('four of them brought an empty database to this version, each migration once', async () => {
    const files = (await readdir(join(projectRoot, 'migrations'))).filter((name) => name.endsWith('.sql'));
    const { rows } = await client.query<{ name: string }>('select name from migration order by number');
    expect(rows.map((row) => row.name)).toEqual(files.sort());
  });

  it('what one web process takes is live on the screens of the other', async () => {
    const heard = new Set<string>();
    const stop = await listen(webB.url, token, (caseFileId) => heard.add(caseFileId));
    const posting = httpClient(webA.url, bearer(token));
    const answers = await Promise.all([1, 2, 3].map((customer) => postMessage(posting, customer)));
    const sent = answers.map(({ body }) => (JSON.parse(body) as { caseFileId: string }).caseFileId);
    await expect.poll(() => sent.every((caseFileId) => heard.has(caseFileId)), { timeout: 10_000 }).toBe(true);
    posting.close();
    stop();
  });

  it('one of each is killed in mid-load, and nothing is lost or doubled', { timeout: 90_000 }, async () => {
    const load = startLoad({ url: webA.url, smtpPort: webA.smtpPort, token });
    await sleep(800);
    await Promise.all([webA.kill(), workerA.kill()]);
    const ports = { PORT: new URL(webA.url).port, VISAVIS_SMTP_PORT: String(webA.smtpPort) };
    webA = await start('web,mail', ports);
    await ready(webA);
    await sleep(800);
    const ledger = await load.stop();
    expect([...ledger.accepted.values()]).toEqual(expect.arrayContaining(['http', 'smtp']));
    const verdict = await compareWithLedger(server.url, ledger);
    expect(verdict).toMatchObject({ lost: [], doubled: [], ownerless: 0, dateless: 0, unread: 0 });
  });

  it('the doctor finds nothing wrong and ends with 0', async () => {
    const environment = {
      DATABASE_URL: server.url,
      VISAVIS_ORIGIN: 'https://visavis.example.org',
      VISAVIS_SMTP_PORT: '0',
    };
    const child = spawn(process.execPath, [join(projectRoot, 'dist', 'cli.js'), 'doctor', '--lang', 'en'], {
      env: { PATH: process.env.PATH, ...environment },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    const [status] = await once(child, 'exit');
    expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining('all is well') });
  });

  it('a database that was made by a newer Visavis is refused in one sentence', async () => {
    await client.query("insert into migration (number, name) values (9999, '9999-from-the-future.sql')");
    const product = await start('web');
    const status = await product.ended;
    await client.query('delete from migration where number = 9999');
    expect(status).toBe(1);
    expect(product.said().err.trim()).toMatch(/^This database is at version 9999, newer than this program .*\.$/);
  });

  it('a database that may forget what it confirmed is refused in one sentence', async () => {
    await client.query('alter database visavis set synchronous_commit = off');
    const product = await start('web');
    const status = await product.ended;
    await client.query('alter database visavis reset synchronous_commit');
    expect(status).toBe(1);
    expect(product.said().err.trim()).toMatch(
      /^This PostgreSQL may lose what it has confirmed \(synchronous_commit = off\)\..*again\.$/,
    );
  });

  it('settings that cannot be used are named in a sentence each, and the status is 2', async () => {
    const product = await startProduct({
      environment: { DATABASE_URL: 'mysql://example.org', VISAVIS_SECRET: 'short' },
    });
    expect(await product.ended).toBe(2);
    const lines = product.said().err.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^(DATABASE_URL|VISAVIS_SECRET): .*start again\.$/);
    expect(product.said().err).not.toContain('short');
  });
});

describe('the embedded PostgreSQL', () => {
  const nobody = { uid: 65_534, gid: 65_534 };
  const asRoot = process.getuid?.() === 0;
  const folders: string[] = [];
  const folder = async (mode: number) => {
    const made = await mkdtemp(join(tmpdir(), 'visavis-home-'));
    await chmod(made, mode);
    folders.push(made);
    return made;
  };
  afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true, force: true }))));
  /** The program where every user may read it, wherever the checkout lies; links where the file system allows. */
  const installedCopy = async (place: string) => {
    const parts = ['dist', 'node_modules', 'migrations', 'package.json'].map((part) => join(projectRoot, part));
    const copy = (...how: string[]) => promisify(execFile)('cp', ['-a', ...how, ...parts, place]);
    await copy('--link').catch(() => copy('--force'));
    return place;
  };
  const isServed = async ({ url }: Product) => (await fetch(`${url}/fr`)).status;

  it('is adopted after a kill -9 of the product, and stopped with it in the end', { timeout: 60_000 }, async () => {
    const data = join(await folder(0o755), 'data');
    const start = () => startProduct({ environment: { VISAVIS_DATA: data, VISAVIS_LOG: 'info' } });
    const first = await start();
    await ready(first);
    await first.kill();
    const second = await start();
    await ready(second);
    expect(second.said().err).toContain('still running');
    expect(await isServed(second)).toBe(200);
    await second.stop();
    await expect(stat(join(data, 'postgresql-18', 'postmaster.pid'))).rejects.toThrow('ENOENT');
  });

  it.runIf(asRoot)(
    'lies under /var/lib/visavis when the data folder is in a home nobody else may enter',
    { timeout: 60_000 },
    async () => {
      const data = join(await folder(0o700), 'data');
      const product = await startProduct({ environment: { VISAVIS_DATA: data } });
      await ready(product);
      const place = (await readFile(join(data, 'WHERE-THE-DATABASE-IS.txt'), 'utf8')).trim();
      folders.push(place);
      expect(place).toMatch(/^\/var\/lib\/visavis\//);
      expect(await isServed(product)).toBe(200);
      await product.stop();
    },
  );

  it('runs as an ordinary user, who owns nothing of the program', { timeout: 90_000 }, async () => {
    const data = await folder(0o700);
    if (asRoot) await chown(data, nobody.uid, nobody.gid);
    const installed = asRoot ? { root: await installedCopy(await folder(0o755)), runAs: nobody } : {};
    const product = await startProduct({ environment: { VISAVIS_DATA: data }, ...installed });
    await ready(product);
    expect(await isServed(product)).toBe(200);
    if (asRoot) expect((await stat(join(data, 'postgresql-18'))).uid).toBe(nobody.uid);
    await product.stop();
  });
});
