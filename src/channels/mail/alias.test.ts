import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, testKey } from '../../../test/database.ts';
import { arrivals, letter } from '../../../test/servers/arrivals.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { system } from '../../desk/actor.ts';
import { currentAlias, replaceAlias } from '../../desk/aliases/aliases.ts';
import { sortTrayItem } from '../../desk/interactions/tray.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { openTray } from '../../desk/views/tray.ts';

const db = testDatabase();
let world: World;
beforeAll(async () => {
  world = await buildWorld(db);
});
const { arrive, interactions, acknowledged, tray, forget } = arrivals(db);
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await db.database.pool.query('delete from replaced_alias');
  await forget();
});

const alias = async () =>
  (await currentAlias({ db: db.database.kysely, now: db.clock.now, signingKey: testKey }, world.ana)) ?? '';
const to = (address: string) => (from: string) => {
  const raw = letter({ from, headers: [] })
    .toString()
    .replace(/^To: .*$/m, `To: ${address}`);
  return arrive(Buffer.from(raw), { to: address, receivedAt: db.clock.now });
};
const months = (count: number) => {
  db.clock.now = new Date(Date.UTC(2026, 10 + count, 23, 9));
};

test('mail to the address of this month or the last arrives like any other', async () => {
  const write = to((await alias()).toUpperCase());
  for (const later of [0, 1]) {
    months(later);
    const customer = await addTestCustomer(db, world);
    expect(await write(customer.mail)).toMatchObject({ outcome: 'interaction', customerId: customer.id });
    expect(await interactions(customer.id)).toMatchObject([{ caution: null }]);
    expect(await acknowledged(customer.mail)).toHaveLength(1);
  }
});

test('an old one still arrives, with a caution; somebody on file is acknowledged all the same', async () => {
  const write = to(await alias());
  months(2);
  const customer = await addTestCustomer(db, world);
  expect(await write(customer.mail)).toMatchObject({ outcome: 'interaction' });
  expect((await interactions(customer.id))[0]?.caution).toContain('ancienne adresse publique');
  expect(await acknowledged(customer.mail)).toHaveLength(1);
});

test('a harvested one is replaced on the page at once, and mail to it is looked at twice', async () => {
  const first = await alias();
  const replaced = await db.transact((tx) => replaceAlias(tx, system, { address: first, why: 'pourriel' }));
  expect(replaced).toMatchObject({ ok: true, advisorId: world.ana, next: await alias() });
  expect(await alias()).not.toBe(first);
  const customer = await addTestCustomer(db, world);
  await to(first)(customer.mail);
  expect((await interactions(customer.id))[0]?.caution).toContain('ancienne adresse publique');
  const other = await addTestCustomer(db, world);
  await to(await alias())(other.mail);
  expect((await interactions(other.id))[0]?.caution).toBeNull();
});

test('only what we made can be replaced, and once', async () => {
  const replace = (address: string) => db.transact((tx) => replaceAlias(tx, system, { address, why: '' }));
  const current = await alias();
  for (const address of ['ana@regie.example.org', current.replace(/.@/, '!@'), current.replace('regie', 'other'), 'x'])
    expect(await replace(address), address).toEqual({ ok: false, why: 'not_ours' });
  expect(await replace(current)).toMatchObject({ ok: true });
  expect(await replace(current)).toEqual({ ok: false, why: 'already' });
});

test('a made-up or damaged one loses nothing: it is an address of ours like any other', async () => {
  const customer = await addTestCustomer(db, world);
  await to('ana-perrin-2611-aaaaaa@regie.example.org')(customer.mail);
  expect((await interactions(customer.id))[0]?.caution).toBeNull();
});

test('a stranger who writes to an old one is in the tray and hears nothing from a machine', async () => {
  const write = to(await alias());
  months(6);
  expect((await write('robot@example.com')).outcome).toBe('tray');
  expect(await tray()).toHaveLength(1);
  const [shown] = await openTray(db.database.kysely, await readRoster(db.database.kysely, db.clock.now));
  expect(shown?.addressedTo).toBe('Ana Perrin');
  expect(shown?.caution).toContain('ancienne adresse publique');
  expect(await acknowledged('robot@example.com')).toEqual([]);
  // Whoever sorts it by hand hands the caution on to the timeline.
  const customer = await addTestCustomer(db, world);
  await db.transact((tx) => sortTrayItem(tx, system, { id: shown?.id ?? '', customerId: customer.id }));
  expect((await interactions(customer.id))[0]?.caution).toContain('ancienne adresse publique');
});
