import { afterAll, beforeAll, expect, test } from 'vitest';
import { system } from '../src/desk/actor.ts';
import { receiveInteraction } from '../src/desk/interactions/receive.ts';
import { findContact } from '../src/desk/views/contact.ts';
import { search } from '../src/desk/views/search.ts';
import { type OpenHouse, openHouse } from '../src/house.ts';
import { readConfig } from '../src/platform/config/config.ts';
import type { TestDatabase } from './database.ts';
import { startDebianPostgres } from './servers/debian-postgres.ts';
import { suiteNeeding } from './servers/needs.ts';
import { addTestCustomer, buildWorld } from './world.ts';

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

  test('starting again on the same database changes nothing', async () => {
    const again = await openHouse(readConfig({ DATABASE_URL: server.url, VISAVIS_LOG: 'silent' }));
    const { rows } = await again.database.pool.query('select count(*) from commune');
    expect(rows).toEqual([{ count: 34_969 }]);
    await again.close();
  });
});
