import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { type Dovecot, startDovecot } from '../../test/servers/dovecot.ts';
import { suiteNeeding } from '../../test/servers/needs.ts';
import { freePort } from '../../test/servers/product.ts';
import type { DB } from '../desk/tables.ts';
import { examine } from '../desk/views/doctor/examine.ts';
import { readConfig } from '../platform/config/config.ts';
import { openDatabase } from '../platform/db/database.ts';
import { examineSurroundings } from './surroundings.ts';

const db = testDatabase();
const quiet = { VISAVIS_ORIGIN: 'http://localhost:8080', VISAVIS_SMTP_PORT: '0', VISAVIS_LOG: 'silent' };
/** As the doctor of a demo finds them: nothing of the origin. */
const find = (environment: Record<string, string>, demo = true) =>
  examineSurroundings(readConfig({ ...quiet, ...environment }), demo);

describe('the server that mail leaves through is greeted and entered, and nothing is sent', () => {
  const servers: SMTPServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))));

  async function smtp(options: SMTPServerOptions): Promise<number> {
    const server = new SMTPServer({
      onData: () => expect.unreachable('a mail was sent'),
      onMailFrom: () => expect.unreachable('a mail was begun'),
      ...options,
    });
    server.on('error', () => undefined);
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.server.address() as AddressInfo).port;
  }
  const onlyWithPassword: SMTPServerOptions = {
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, done) =>
      username === 'visavis' && password === 'right' ? done(null, { user: username }) : done(new Error('No.')),
  };

  it('finds nothing when it lets us in, with a password and without', async () => {
    const open = await smtp({ disabledCommands: ['AUTH', 'STARTTLS'] });
    const closed = await smtp(onlyWithPassword);
    expect(await find({ VISAVIS_SMTP_URL: `smtp://127.0.0.1:${open}` })).toEqual([]);
    expect(await find({ VISAVIS_SMTP_URL: `smtp://visavis:right@127.0.0.1:${closed}` })).toEqual([]);
  });

  it('a wrong password is named as that, and not said', async () => {
    const port = await smtp(onlyWithPassword);
    const found = await find({ VISAVIS_SMTP_URL: `smtp://visavis:wrong-word@127.0.0.1:${port}` });
    expect(found).toMatchObject([{ check: 'smtpLogin', examples: [expect.stringContaining(`127.0.0.1:${port}`)] }]);
    expect(JSON.stringify(found)).not.toContain('wrong-word');
  });

  it('a certificate that nobody vouches for is a server that does not serve', async () => {
    const port = await smtp({});
    const found = await find({ VISAVIS_SMTP_URL: `smtp://127.0.0.1:${port}?requireTLS=true` });
    expect(found).toMatchObject([{ check: 'smtpOut', examples: [expect.stringMatching(/certificate/i)] }]);
  });
});

suiteNeeding(['dovecot'], 'the mailbox server', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot();
    dovecot.put('accueil', Buffer.from('From: someone@example.org\r\n\r\nHello\r\n'));
  });
  afterAll(() => dovecot.stop());

  it('is entered, and its mailbox is there', async () => {
    expect(await find({ VISAVIS_IMAP_URL: dovecot.url('accueil') })).toEqual([]);
    expect(dovecot.messages('accueil')).toHaveLength(1);
  });

  it('a wrong password and a missing folder are named, each as what it is', async () => {
    const wrong = await find({ VISAVIS_IMAP_URL: dovecot.url('accueil').replace(':secret@', ':wrong-word@') });
    expect(wrong).toMatchObject([{ check: 'imapLogin' }]);
    expect(JSON.stringify(wrong)).not.toContain('wrong-word');
    const missing = await find({ VISAVIS_IMAP_URL: dovecot.url('accueil', 'Nowhere') });
    expect(missing).toMatchObject([{ check: 'imapFolder', examples: [expect.stringMatching(/accueil@.*Nowhere$/)] }]);
  });
});

describe('a clock that other servers contradict', () => {
  const servers: Server[] = [];
  afterAll(() => servers.map((server) => server.close()));
  async function servedAt(time: number): Promise<string> {
    const server = createServer((_, response) => response.setHeader('Date', new Date(time).toUTCString()).end());
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const clocks = async (origin: string) =>
    (await find({ VISAVIS_ORIGIN: origin }, false)).filter(({ check }) => check === 'clockOutside');

  it('is told with the server and by how much', async () => {
    expect(await clocks(await servedAt(Date.now()))).toEqual([]);
    const [found] = await clocks(await servedAt(Date.now() - 600_000));
    expect(found?.examples[0]).toMatch(/^127\.0\.0\.1:\d+ \+(599|60\d) s$/);
    const [ahead] = await clocks(await servedAt(Date.now() + 600_000));
    expect(ahead?.examples[0]).toMatch(/ -(599|60\d) s$/);
  });

  it('a server that does not answer contradicts nothing', async () => {
    expect(await clocks(`http://127.0.0.1:${await freePort()}`)).toEqual([]);
  });
});

suiteNeeding([], 'a disk that is nearly full', () => {
  const data = mkdtempSync(join(tmpdir(), 'visavis-disk-'));
  const small = mkdtempSync(join(tmpdir(), 'visavis-small-'));
  beforeAll(() => execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'visavis-test', small]));
  afterAll(() => {
    execFileSync('umount', [small]);
    for (const folder of [data, small]) rmSync(folder, { recursive: true, force: true });
  });

  it('is found where the data lies', async () => {
    expect(await find({ VISAVIS_DATA: small })).toEqual([{ check: 'disk', count: 1, examples: [`0.0 GB, ${small}`] }]);
  });

  it('is found where the database really lies, and only when that is ours', async () => {
    writeFileSync(join(data, 'WHERE-THE-DATABASE-IS.txt'), `${small}\n`);
    expect(await find({ VISAVIS_DATA: data })).toEqual([{ check: 'disk', count: 1, examples: [`0.0 GB, ${small}`] }]);
    expect(await find({ VISAVIS_DATA: data, DATABASE_URL: db.url })).toEqual([]);
  });
});

it('a PostgreSQL that is too old is named with its version', async () => {
  await db.database.pool.query(`create schema older; create function older.current_setting(text) returns text language sql
    as $$ select case when $1 = 'server_version' then '14.12' else pg_catalog.current_setting($1) end $$`);
  const path = encodeURIComponent('-c search_path=older,pg_catalog,public');
  const { kysely, close } = openDatabase<DB>(`${db.url}${db.url.includes('?') ? '&' : '?'}options=${path}`);
  const found = await examine({ db: kysely, now: new Date(), sendsMail: false }, () => undefined);
  await close();
  expect(found[0]).toEqual({ check: 'version', count: 1, examples: ['14.12'] });
});
