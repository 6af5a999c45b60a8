import { createSocket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { type CallerStep, hangsUpAfter, isRefused, sippCall, talks } from '../../../test/servers/sipp.ts';
import { startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 15_260;
const PHONES = 15_270;
const CALLER = '+33639980031';
const NUMBERS = { ana: '+33353010010', bruno: '+33353010011' };
const patience = { timeout: 6_000, interval: 50 };

/** A voice that is always ready and says two and a half seconds of nothing. */
const SHORT_VOICE = [
  process.execPath,
  '-e',
  `const n=40000,b=Buffer.alloc(44+n);b.write('RIFF',0);b.writeUInt32LE(36+n,4);b.write('WAVEfmt ',8);b.writeUInt32LE(16,16);b.writeUInt16LE(1,20);b.writeUInt16LE(1,22);b.writeUInt32LE(8000,24);b.writeUInt32LE(16000,28);b.writeUInt16LE(2,32);b.writeUInt16LE(16,34);b.write('data',36);b.writeUInt32LE(n,40);process.stdout.write(b)`,
];

suiteNeeding(['kamailio', 'sipp'], 'callers who hang up, and what networks do to calls', () => {
  const db = testDatabase();
  let world: World;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony;

  beforeAll(async () => {
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    phones = await startPhones(PHONES);
    kamailio = await startKamailio(KAMAILIO, { fallback: `sip:front@${phones.address}`, answerWithinMs: 3_000 });
    board = await startSwitchboard(db, { evapi: kamailio.evapi, phones: phones.address }, SHORT_VOICE);
  });
  const calls = () =>
    db.database.kysely.selectFrom('call').where('id', 'not like', 'busy-%').selectAll().orderBy('invitedAt').execute();
  afterEach(async () => {
    await vi.waitFor(async () => {
      for (const each of await calls()) expect(each.endedAt ?? each.missedAt).toBeTruthy();
    }, patience);
    await pause(150);
    phones.clear();
    const { kysely } = db.database;
    await kysely.deleteFrom('callback').execute();
    await kysely.deleteFrom('call').execute();
    await kysely.deleteFrom('caseFile').execute();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    phones?.stop();
  });
  const call = (steps: readonly CallerStep[]) => sippCall(KAMAILIO, { from: CALLER }, steps);
  const anaTalks = async () => {
    await db.database.kysely
      .insertInto('call')
      .values({ id: 'busy-ana', invitedAt: db.clock.now, answeredAt: db.clock.now, answeredBy: world.ana })
      .execute();
    await board.prepare();
  };
  const offer = () => db.database.kysely.selectFrom('callbackOffer').selectAll().executeTakeFirst();
  /** One record, missed, and one callback owed for it. */
  const missedOnce = () =>
    vi.waitFor(async () => {
      expect(await calls()).toMatchObject([{ answeredAt: null, missedAt: expect.any(Date) }]);
      const owed = await db.database.kysely.selectFrom('commitment').select(['kind', 'ownerId']).execute();
      expect(owed).toEqual([{ kind: 'callback', ownerId: world.ana }]);
    }, patience);

  test('while Visavis is still thinking', async () => {
    const locked = await lockRoster(db.url);
    await call([{ expect: 100 }, 'cancel', { expect: 487, maybe: [100, 200] }, 'ack refusal']);
    await locked.release();
    await pause(300);
    expect(phones.heard).not.toContain('BYE');
    expect((await calls()).filter(({ answeredAt }) => answeredAt)).toEqual([]);
  });

  test('while the own phone rings', async () => {
    phones.set(NUMBERS.ana, 'ring');
    await call(hangsUpAfter(180, 200));
    await missedOnce();
    expect((await calls())[0]?.cancelledAt).toBeTruthy();
    expect(phones.heard).toContain('CANCEL');
    expect(await offer()).toBeUndefined();
  });

  test('during the offer: accepted', async () => {
    await anaTalks();
    await call(hangsUpAfter(183, 2_200));
    await missedOnce();
    expect(await offer()).toMatchObject({ acceptedAt: expect.any(Date), declinedAt: null });
  });

  test('long after the offer, while the backup’s phone rings: declined, and still owed a callback', async () => {
    await anaTalks();
    phones.set(NUMBERS.bruno, 'ring');
    await call([{ expect: 183, maybe: [100] }, ...hangsUpAfter(180, 1_900, [])]);
    await missedOnce();
    expect(await offer()).toMatchObject({ acceptedAt: null, declinedAt: expect.any(Date) });
  });

  test('at the moment somebody answers: the call was answered, and nothing is owed for it', async () => {
    phones.set(NUMBERS.ana, 'answer at once');
    // The answer is on its way when the CANCEL leaves: Kamailio passes the answer on, the caller ends the call.
    const after: CallerStep[] = [
      { expect: 200, maybe: [100, 180] },
      'cancel',
      'ack',
      'bye',
      { expect: 200, maybe: [481] },
    ];
    await call(after).catch(() => undefined);
    await vi.waitFor(async () => expect((await calls())[0]?.answeredBy).toBe(world.ana), patience);
    await vi.waitFor(async () => expect((await calls())[0]?.endedAt).toBeTruthy(), patience);
    expect((await calls())[0]?.missedAt).toBeNull();
  });

  test('what is no SIP, or bad SIP, disturbs nobody', async () => {
    const socket = createSocket('udp4');
    const bad = [
      '\0\xff'.repeat(200),
      'INVITE sip:x SIP/2.0\r\n\r\n',
      `INVITE sip:0800@127.0.0.1 SIP/2.0\r\nVia: ${'a'.repeat(3_000)}\r\n\r\n`,
    ];
    for (const text of bad) await new Promise((done) => socket.send(text, KAMAILIO, '127.0.0.1', done));
    socket.close();
    phones.set(NUMBERS.ana, 'answer');
    await call(talks(50));
    await vi.waitFor(async () => expect((await calls())[0]?.endedAt).toBeTruthy(), patience);
    expect(await calls()).toHaveLength(1);
  });

  test('a withheld number is never offered anything, whatever its From line says', async () => {
    await anaTalks();
    const from = { from: CALLER, headers: ['Privacy: id'] };
    await sippCall(KAMAILIO, from, isRefused(480));
    await vi.waitFor(async () => expect((await calls())[0]?.missedAt).toBeTruthy(), patience);
    expect((await calls())[0]).toMatchObject({ fromPhone: null, customerId: null });
    expect(await offer()).toBeUndefined();
  });

  test('the trunk’s word on who calls stands above the phone’s', async () => {
    phones.set(NUMBERS.ana, 'answer');
    const headers = [`P-Asserted-Identity: <sip:${CALLER}@carrier.example.org>`];
    await sippCall(KAMAILIO, { from: '+33639980077', headers }, talks(50));
    await vi.waitFor(async () => expect((await calls())[0]?.endedAt).toBeTruthy(), patience);
    expect((await calls())[0]?.fromPhone).toBe(CALLER);
  });

  test('the same Call-ID again is another call', async () => {
    phones.set(NUMBERS.ana, 'answer');
    for (const headers of [[], ['X-Again: 1']])
      await sippCall(KAMAILIO, { from: CALLER, callId: 'same@example.org', headers }, talks(50));
    await vi.waitFor(async () => expect(await calls()).toHaveLength(2), patience);
  });
});

/** Keeps Visavis from reading its roster, so that it cannot answer in time. */
async function lockRoster(url: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin; lock table roster in access exclusive mode');
  return {
    release: async () => {
      await client.query('rollback');
      await client.end();
    },
  };
}
