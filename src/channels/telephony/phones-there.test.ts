import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type DeskPhone, startDeskPhone } from '../../../test/servers/desk-phone.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { kamailioConfig } from '../../core/telephony/kamailio/config.ts';
import { routeCall } from '../../desk/views/call-route.ts';
import { writeHeldLists } from './held-lists.ts';
import type { Telephony } from './open.ts';
import { readRegistrations } from './registrations.ts';

const KAMAILIO = 17_260;
const CALLER = '+33639980121';
const NUMBERS = ['+33353010010', '+33353010011', '+33353010012', '+33353010013'];
const patience = { timeout: 6_000, interval: 40 };

suiteNeeding(['kamailio', 'kamailioSqlite'], 'who is at a phone, from what registers at Kamailio', () => {
  const db = testDatabase(phoneTime());
  const folder = mkdtempSync(join(tmpdir(), 'visavis-phones-there-'));
  const proxy = `127.0.0.1:${KAMAILIO}`;
  const door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: 'registrar', folder };
  let world: World;
  let kamailio: TestKamailio;
  let board: Telephony | undefined;
  let phones: DeskPhone[] = [];

  beforeAll(async () => {
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    const lines = NUMBERS.map((number, index) => `${index + 1}:${number}:0:0:of-${number}:0\n`);
    appendFileSync(join(folder, 'lists/phones'), lines.join(''));
    const config = kamailioConfig({
      listen: [`udp:${proxy}`],
      trunks: ['127.0.0.1'],
      evapi: door.evapi,
      fallback: 'sip:front@127.0.0.1:17279',
      country: '33',
      callsPerSecond: 50,
      callKey: 'of the test',
      registrar: { realm: '127.0.0.1' },
      folder,
    });
    // A minute would be long for a test.
    const impatient = config.replace('"min_expires",60', '"min_expires",1');
    kamailio = await startKamailio(KAMAILIO, { fallback: '' }, impatient);
    board = await startSwitchboard(db, door, ['false']);
    phones = await Promise.all(
      NUMBERS.map((number, index) =>
        startDeskPhone(17_270, { number, password: `of-${number}`, proxy, host: `127.0.0.3${index}` }),
      ),
    );
  });
  afterEach(async () => {
    for (const each of phones) await each.register(0);
    await pause(300);
    await db.database.kysely.deleteFrom('registeredPhone').execute();
    await db.database.kysely.deleteFrom('call').execute();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    for (const each of phones) each.stop();
  });

  const decision = async () => (await routeCall({ db: db.database.kysely, now: db.clock.now }, CALLER)).decision;
  const rings = async () => (await decision()).attempts.map(({ advisorId }) => advisorId);
  const until = (check: () => Promise<void>) => vi.waitFor(check, patience);
  const registers = async (index: number, seconds = 300) => {
    expect(await phones[index]?.register(seconds)).toBe(200);
  };
  const later = (ms: number) => {
    db.clock.now = new Date(db.clock.now.getTime() + ms);
  };

  test('nothing is known yet: everybody counts as there', async () => {
    expect((await rings())[0]).toBe(world.ana);
    await registers(1);
    // One phone is there, and nothing was ever heard of hers.
    await until(async () => expect(await known()).toEqual({ [`${NUMBERS[1]}`]: true }));
    expect((await rings())[0]).toBe(world.ana);
  });
  const known = async () => {
    const rows = await db.database.kysely.selectFrom('registeredPhone').selectAll().execute();
    return Object.fromEntries(rows.map(({ number, there }) => [number, there]));
  };

  test('her phone has left: her backup is rung first, and hers again once it is back', async () => {
    await registers(0);
    await registers(1);
    await until(async () => expect(Object.values(await known())).toEqual([true, true]));
    expect((await rings())[0]).toBe(world.ana);
    await registers(0, 0);
    await until(async () => expect((await rings())[0]).toBe(world.bruno));
    expect(await rings()).not.toContain(world.ana);
    await registers(0);
    await until(async () => expect((await rings())[0]).toBe(world.ana));
  });

  test('a phone that says no more that it is there is gone when its time is over', async () => {
    await registers(1);
    await registers(0, 2);
    await until(async () => expect(Object.values(await known())).toEqual([true, true]));
    await until(async () => expect(await rings()).not.toContain(world.ana));
  });

  test('a backup without a phone suppresses no offer', async () => {
    await db.database.kysely
      .insertInto('call')
      .values({ id: 'busy-ana', invitedAt: db.clock.now, answeredAt: db.clock.now, answeredBy: world.ana })
      .execute();
    const everyone = [0, 1, 2, 3];
    for (const each of everyone) await registers(each);
    await until(async () => expect(Object.values(await known())).toHaveLength(4));
    const before = await decision();
    expect(before.attempts[0]?.advisorId).toBe(world.bruno);
    for (const each of everyone.slice(1)) await registers(each, 0);
    await until(async () => expect(await rings()).toEqual([]));
    // Nobody can be rung but her, who is on a call: what the caller hears first is her callback.
    expect((await decision()).offer).toMatchObject({ advisorId: world.ana });
  });

  test('what came and left while Visavis was down is known once it is back', async () => {
    await registers(0);
    await registers(1);
    await until(async () => expect(Object.values(await known())).toEqual([true, true]));
    await board?.stop();
    board = undefined;
    await registers(0, 0);
    await registers(2);
    later(10_000);
    // Kamailio writes it down within about a second.
    await until(async () => expect(readRegistrations(folder)).toEqual(new Set([NUMBERS[1], NUMBERS[2]])));
    expect((await rings())[0]).toBe(world.ana);
    board = await startSwitchboard(db, door, ['false']);
    const [ana, bruno, chloe] = NUMBERS;
    await until(async () =>
      expect(await known()).toEqual({ [`${ana}`]: false, [`${bruno}`]: true, [`${chloe}`]: true }),
    );
    expect((await rings())[0]).toBe(world.bruno);
  });

  test('phones of another switch: nothing is kept of those that registered', async () => {
    await registers(1);
    await until(async () => expect(Object.values(await known())).toEqual([true]));
    await board?.stop();
    board = await startSwitchboard(db, { ...door, phones: '127.0.0.1:17299' }, ['false']);
    await until(async () => expect(await known()).toEqual({}));
    await board.stop();
    board = await startSwitchboard(db, door, ['false']);
  });
});
