import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type DeskPhone, startDeskPhone } from '../../../test/servers/desk-phone.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { writeHeldLists } from './held-lists.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 15_760;
const CUSTOMER = '+33639980071';
const [ANA, BRUNO] = ['+33353010010', '+33353010011'];
const patience = { timeout: 6_000, interval: 40 };

suiteNeeding(['kamailio', 'kamailioSqlite'], 'a call passed on to a colleague by the phones', () => {
  const db = testDatabase(phoneTime());
  const folder = mkdtempSync(join(tmpdir(), 'visavis-transfer-'));
  const proxy = `127.0.0.1:${KAMAILIO}`;
  let world: World;
  let customerId: string;
  let kamailio: TestKamailio;
  let board: Telephony | undefined;
  const phones: DeskPhone[] = [];
  const door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: 'registrar', folder };

  beforeAll(async () => {
    world = await buildWorld(db);
    customerId = (await addTestCustomer(db, world, { phone: CUSTOMER })).id;
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    appendFileSync(join(folder, 'lists/phones'), `1:${ANA}:0:0:of-ana:0\n2:${BRUNO}:0:0:of-bruno:0\n`);
    kamailio = await startKamailio(KAMAILIO, {
      fallback: 'sip:front@127.0.0.1:15779',
      answerWithinMs: 3_000,
      registrar: { realm: '127.0.0.1' },
      folder,
      outgoing: { number: '+33199001234', carrier: '127.0.0.1:15778', phones: [], maskKey: 'of the test' },
    });
    board = await startSwitchboard(db, door, ['false']);
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    for (const each of phones) each.stop();
  });

  const phone = async (port: number, number: string, host: string, password = '') => {
    const made = await startDeskPhone(port, { number, password, proxy, host });
    phones.push(made);
    return made;
  };
  const calls = () => db.database.kysely.selectFrom('call').selectAll().execute();
  const heard = (each: DeskPhone, method: string) =>
    vi.waitFor(() => expect(each.heard.some((one) => one.startsWith(`${method} `))).toBe(true), patience);
  const passOn = async (customer: DeskPhone, ana: DeskPhone) => {
    expect(await customer.dial(`sip:0800000000@${proxy}`)).toBe(200);
    // She holds the caller, calls her colleague, says the word, and joins the two.
    expect(await ana.dial(`sip:0353010011@${proxy}`)).toBe(200);
    const { callId, own, theirs } = ana.named('dialled');
    const replaces = encodeURIComponent(`${callId};to-tag=${theirs};from-tag=${own}`);
    ana.say('REFER', [`Refer-To: <sip:x7f@127.0.0.3:15774?Replaces=${replaces}>`], 'taken');
    await heard(customer, 'REFER');
    // The colleague's phone leaves the call it had with her.
    await heard(ana, 'BYE');
    await vi.waitFor(() => expect(customer.heard.filter((each) => each === '200')).toHaveLength(2), patience);
    ana.say('BYE', [], 'taken');
  };

  test('the caller talks to the colleague, it stays one call and one line, and the line says who talked', async () => {
    const customer = await phone(15_770, CUSTOMER, '127.0.0.1');
    const ana = await phone(15_772, ANA, '127.0.0.3', 'of-ana');
    const bruno = await phone(15_774, BRUNO, '127.0.0.3', 'of-bruno');
    expect([await ana.register(), await bruno.register()]).toEqual([200, 200]);
    await passOn(customer, ana);
    // Not the phone's own address: the caller's side reaches this Kamailio.
    expect(customer.heard.find((each) => each.startsWith('REFER'))).toContain(
      `Refer-To: <sip:${BRUNO}@${proxy}?Replaces=`,
    );
    await vi.waitFor(async () => expect((await calls())[0]?.answeredBy).toBe(world.bruno), patience);
    await pause(200);
    // Her hanging up ended her part, not the call.
    expect(await calls()).toMatchObject([{ endedAt: null, missedAt: null, customerId }]);
    customer.say('BYE');
    await vi.waitFor(async () => expect((await calls())[0]?.endedAt).toBeTruthy(), patience);
    const talks = await db.database.kysely.selectFrom('callTalk').selectAll().orderBy('startedAt').execute();
    expect(talks).toMatchObject([
      { advisorId: world.ana, endedAt: talks[1]?.startedAt },
      { advisorId: world.bruno, endedAt: expect.any(Date) },
    ]);
    const lines = await db.database.kysely
      .selectFrom('interaction')
      .where('channel', '=', 'call')
      .selectAll()
      .execute();
    expect(lines).toMatchObject([{ customerId, byAdvisor: world.ana }]);
    expect(lines[0]?.text).toBe('Appel avec Ana Perrin, moins d’une minute, puis Bruno Cattin, moins d’une minute.');
    // The phones of a call between colleagues are no customer's call.
    expect(await calls()).toHaveLength(1);
  });

  test('passed on while Visavis is down: the same is on record once it is back, once', async () => {
    const before = (await calls()).map(({ id }) => id);
    await board?.stop();
    board = undefined;
    const [customer, ana] = phones as [DeskPhone, DeskPhone];
    for (const each of phones) each.heard.length = 0;
    await passOn(customer, ana);
    customer.say('BYE');
    await pause(300);
    const own = () => db.database.kysely.selectFrom('callTalk').where('callId', 'not in', before).selectAll();
    // Twice: what was followed is not followed again.
    for (let again = 0; again < 2; again++) {
      board = await startSwitchboard(db, door, ['false']);
      await vi.waitFor(async () => expect(await own().execute()).toHaveLength(2), patience);
      await pause(300);
      await board.stop();
    }
    board = undefined;
    const talks = await own().orderBy('startedAt').execute();
    expect(talks.map(({ advisorId }) => advisorId)).toEqual([world.ana, world.bruno]);
    expect(talks.every(({ endedAt }) => endedAt !== null)).toBe(true);
  });
});
