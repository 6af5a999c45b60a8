import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type Baresip, startBaresip } from '../../../test/servers/baresip.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { sippCall, talks } from '../../../test/servers/sipp.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { placeCall } from '../../desk/calls/outgoing.ts';
import { callsNow } from '../../desk/views/calls-now.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { writeHeldLists } from './held-lists.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 15_860;
const CARRIER = 15_870;
const CUSTOMER = '+33639980081';
const ANA = '+33353010010';
const patience = { timeout: 6_000, interval: 40 };

suiteNeeding(['kamailio', 'kamailioSqlite', 'sipp', 'baresip'], 'a real phone program at the advisor’s', () => {
  const db = testDatabase(phoneTime());
  const folder = mkdtempSync(join(tmpdir(), 'visavis-real-phone-'));
  let world: World;
  let customerId: string;
  let kamailio: TestKamailio;
  let carrier: TestPhones;
  let board: Telephony;
  let phone: Baresip;

  const until = (check: () => Promise<void>) => vi.waitFor(check, patience);

  beforeAll(async () => {
    world = await buildWorld(db);
    customerId = (await addTestCustomer(db, world, { phone: CUSTOMER })).id;
    carrier = await startPhones(CARRIER);
    const door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: 'registrar', folder };
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    appendFileSync(join(folder, 'lists/phones'), `1:${ANA}:0:0:of-ana:0\n`);
    kamailio = await startKamailio(KAMAILIO, {
      fallback: `sip:front@${carrier.address}`,
      answerWithinMs: 3_000,
      registrar: { realm: '127.0.0.1' },
      folder,
      outgoing: { number: '+33199001234', carrier: carrier.address, phones: [], maskKey: 'of the test' },
    });
    board = await startSwitchboard(db, door, ['false']);
    const proxy = `127.0.0.1:${KAMAILIO}`;
    phone = await startBaresip({ port: 15_872, host: '127.0.0.3', number: ANA, password: 'of-ana', proxy });
    // A phone nobody knows to be there yet is not rung first.
    await until(async () =>
      expect(await db.database.kysely.selectFrom('registeredPhone').selectAll().execute()).toHaveLength(1),
    );
  });
  afterEach(async () => {
    // The last events of a call come with its end.
    await pause(300);
    await db.database.kysely.deleteFrom('call').execute();
  });
  afterAll(async () => {
    await phone?.stop();
    await board?.stop();
    await kamailio?.stop();
    carrier?.stop();
  });
  const calls = () => db.database.kysely.selectFrom('call').selectAll().execute();

  test('it is rung and answers', async () => {
    await sippCall(KAMAILIO, { from: CUSTOMER }, talks(100));
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    expect(await calls()).toMatchObject([{ answeredBy: world.ana, customerId }]);
  });

  test('it is sent on to the customer, proves who it is, talks, and what it says of the first leg changes nothing', async () => {
    carrier.set(CUSTOMER, 'answer');
    const placed = await db.transact((tx) =>
      placeCall(
        tx,
        { kind: 'staff', staffId: world.staff.ana, advisorId: world.ana, role: 'advisor' },
        { customerId, bySwitch: true },
      ),
    );
    if (placed.ok) await board.dial(placed.callId);
    await until(async () => expect((await calls())[0]?.answeredAt).toBeTruthy());
    expect(phone.said()).toContain('transferring call');
    expect(carrier.rung[0]?.request.headers.get('from')?.[0]).toMatch(/<sip:\+33199001234@/);
    const roster = await readRoster(db.database.kysely, db.clock.now);
    const shown = await callsNow(db.database.kysely, roster, { advisorId: world.ana, locale: 'fr' }, db.clock.now);
    expect(shown).toMatchObject([{ state: 'talking', why: null }]);
    phone.hangUp();
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    expect(carrier.heard).toEqual(['BYE']);
    expect(await calls()).toMatchObject([{ setAsideAt: null, missedAt: null, answeredBy: world.ana }]);
  });
});
