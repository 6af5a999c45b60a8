import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { system } from '../src/desk/actor.ts';
import { receiveInteraction } from '../src/desk/interactions/receive.ts';
import { jobNames } from '../src/desk/tx.ts';
import { findContact } from '../src/desk/views/contact.ts';
import { search } from '../src/desk/views/search.ts';
import { type OpenHouse, openHouse } from '../src/house.ts';
import { restoreBackup } from '../src/platform/backup/restore.ts';
import { writeBackup } from '../src/platform/backup/write.ts';
import { readConfig } from '../src/platform/config/config.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { startDebianPostgres } from './servers/debian-postgres.ts';
import { suiteNeeding } from './servers/needs.ts';
import { sumsOfTables } from './tables.ts';
import { addTestCustomer, buildWorld } from './world.ts';

/** On the server of the whole run. */
const newer = testDatabase();

suiteNeeding(['postgresql15'], 'PostgreSQL 15 from Debian, named by DATABASE_URL', () => {
  let server: ReturnType<typeof startDebianPostgres>;
  let open: OpenHouse;
  beforeAll(async () => {
    server = startDebianPostgres();
    open = await openHouse(readConfig({ DATABASE_URL: server.url, VISAVIS_LOG: 'silent' }));
  }, 60_000);
  afterAll(async () => {
    await open?.close();
    server?.stop();
  });

  test('an empty database becomes ready, and a mail reaches its advisor', async () => {
    const { house } = open;
    const db = { transact: house.transact } as TestDatabase;
    const world = await buildWorld(db);
    const customer = await addTestCustomer(db, world, { name: 'Éloïse Bœuf' });
    const received = await house.transact((tx) =>
      receiveInteraction(tx, system, {
        channel: 'mail',
        at: tx.now,
        from: { mail: customer.mail },
        proven: true,
        text: 'Bonjour',
        acknowledge: true,
      }),
    );
    expect(received).toMatchObject({ kind: 'interaction', customerId: customer.id, advisor: { id: world.ana } });
    expect((await search(house.db, 'eloise boeuf')).customers).toMatchObject([{ id: customer.id }]);
    expect(await findContact(house.db, new Date(), { name: 'st claude', where: '39200' })).toMatchObject({
      kind: 'found',
    });
  });

  test('a backup of the PostgreSQL 18 that comes with Visavis is restored into it', async () => {
    const file = join(tmpdir(), `${randomUUID()}.visavis`);
    await writeBackup({ url: newer.url, file, now: new Date(), version: 'test', say: () => {} });
    await open.database.pool.query('create database second');
    const url = server.url.replace('/visavis?', '/second?');
    const { rows } = await restoreBackup({ file, url, queues: jobNames, log: newer.log, say: () => {} });
    expect(rows).toBeGreaterThan(34_969);
    expect(await sumsOfTables(url)).toEqual(await sumsOfTables(newer.url));
    await rm(file);
  });

  test('starting again on the same database changes nothing', async () => {
    const again = await openHouse(readConfig({ DATABASE_URL: server.url, VISAVIS_LOG: 'silent' }));
    const { rows } = await again.database.pool.query('select count(*) from commune');
    expect(rows).toEqual([{ count: 34_969 }]);
    await again.close();
  });
});
