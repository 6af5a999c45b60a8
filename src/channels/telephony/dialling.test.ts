import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type DeskPhone, startDeskPhone } from '../../../test/servers/desk-phone.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { tablesNaming } from '../../../test/tables.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Actor } from '../../desk/actor.ts';
import { system } from '../../desk/actor.ts';
import { placeCall } from '../../desk/calls/outgoing.ts';
import { setAsideUntold } from '../../desk/calls/silent-calls.ts';
import { makeCommitment } from '../../desk/commitments/make.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import { occupied } from '../../desk/views/on-the-phone.ts';
import { dialJob } from './dial-call.ts';
import type { TelephonyDoor } from './door.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 15_360;
const CARRIER = 15_370;
const DESK = 15_372;
const CUSTOMER = '+33639980041';
const FREE_NUMBER = '+33199001234';
const ANA = '+33353010010';
const patience = { timeout: 6_000, interval: 40 };

suiteNeeding(['kamailio'], 'calls to customers, dialled by Kamailio', () => {
  const db = testDatabase(phoneTime());
  let world: World;
  let customerId: string;
  let kamailio: TestKamailio;
  let carrier: TestPhones;
  let phone: DeskPhone;
  let board: Telephony | undefined;
  let door: TelephonyDoor;
  /** Whether jobs dial: after the test that is about them, a press that only asks must call nobody. */
  let jobsDial = false;

  beforeAll(async () => {
    world = await buildWorld(db);
    customerId = (await addTestCustomer(db, world, { phone: CUSTOMER, name: 'Odile Vuillet' })).id;
    carrier = await startPhones(CARRIER);
    kamailio = await startKamailio(KAMAILIO, {
      fallback: `sip:front@${carrier.address}`,
      // Callers come from elsewhere: what comes from 127.0.0.3 is the switch with the phones.
      trunks: ['127.0.0.9'],
      outgoing: {
        number: FREE_NUMBER,
        carrier: carrier.address,
        phones: ['127.0.0.3'],
        maskKey: 'of the test',
        ownPhoneRingsMs: 1_000,
      },
    });
    phone = await startDeskPhone(DESK, { number: ANA, proxy: `127.0.0.1:${KAMAILIO}`, host: '127.0.0.3' });
    door = { evapi: kamailio.evapi, phones: phone.address, showNames: true };
    board = await startSwitchboard(db, door, ['false']);
  });
  afterEach(async () => {
    jobsDial = false;
    board ??= await startSwitchboard(db, door, ['false']);
    await vi.waitFor(async () => expect(await kamailio.dialogs()).toBe(0), patience);
    phone.manner = 'picks up';
    phone.heard.length = 0;
    carrier.clear();
    await pause(100);
    const { kysely } = db.database;
    await kysely.deleteFrom('call').execute();
    await kysely.deleteFrom('caseFile').execute();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    carrier?.stop();
    phone?.stop();
  });

  const ana = (): Actor =>
    ({ kind: 'staff', staffId: world.staff.ana, advisorId: world.ana, role: 'advisor' }) as Actor;
  const press = (commitmentId: string | null = null) =>
    db.transact((tx) => placeCall(tx, ana(), { customerId, commitmentId, bySwitch: true }));
  /** One press of the key, as the job takes it. */
  const dials = async (commitmentId: string | null = null) => {
    const placed = await press(commitmentId);
    if (!placed.ok) throw new Error(placed.why);
    await board?.dial(placed.callId);
    return placed.callId;
  };
  const calls = () => db.database.kysely.selectFrom('call').selectAll().orderBy('invitedAt').execute();
  const doing = async () => (await occupied({ db: db.database.kysely, now: new Date() }, 30)).get(world.ana)?.doing;
  const until = (check: () => Promise<void>) => vi.waitFor(check, patience);
  const timeline = () =>
    db.database.kysely.selectFrom('interaction').where('channel', '=', 'call').selectAll().execute();
  const promised = async () => {
    const received = await db.transact((tx) =>
      receiveInteraction(tx, system, {
        channel: 'message',
        at: tx.now,
        from: { customerId },
        proven: true,
        subject: 'Panne',
        text: 'Rappelez-moi.',
        acknowledge: false,
      }),
    );
    if (received.kind !== 'interaction') throw new Error('expected an interaction');
    const { caseFileId } = received;
    const dueAt = new Date(db.clock.now.getTime() + 3_600_000);
    const wanted = { customerId, caseFileId, kind: 'callback' as const, ownerId: world.ana, dueAt };
    return db.transact((tx) => makeCommitment(tx, system, wanted));
  };

  test('the advisor’s phone rings first and shows whom; then the customer’s, who sees the one number and no other', async () => {
    carrier.set(CUSTOMER, 'answer');
    const { id: commitmentId } = await promised();
    await dials(commitmentId);
    await until(async () => expect((await calls())[0]?.answeredAt).toBeTruthy());
    expect(phone.heard[0]).toMatch(/^INVITE sip:\+33353010010@/);
    expect(phone.heard[0]).toMatch(/^From: "Odile Vuillet \([^)]+\)" <sip:\+33639980041@/m);
    const [{ number, request } = { number: '', request: undefined }] = carrier.rung;
    expect(number).toBe(CUSTOMER);
    expect(request?.headers.get('from')?.[0]).toMatch(/^<sip:\+33199001234@[^>]+>;tag=/);
    expect(request?.headers.get('p-asserted-identity')?.[0]).toMatch(/^<sip:\+33199001234@/);
    expect(JSON.stringify([...(request?.headers.values() ?? [])])).not.toContain(ANA);
    phone.say('BYE');
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    expect(carrier.heard).toEqual(['BYE']);
    expect(await calls()).toMatchObject([{ answeredBy: world.ana, direction: 'out', commitmentId, customerId }]);
    expect(await timeline()).toMatchObject([{ direction: 'out', text: 'Appel d’Ana Perrin, moins d’une minute.' }]);
    const callback = await db.database.kysely
      .selectFrom('commitment')
      .where('id', '=', commitmentId)
      .selectAll()
      .execute();
    expect(callback).toMatchObject([{ keptAt: expect.any(Date), brokenAt: null }]);
  });

  test('the key alone does it: the job that goes with the wish hands the call over', async () => {
    carrier.set(CUSTOMER, 'answer');
    jobsDial = true;
    await db.jobs.work([dialJob({ dial: async (id) => (jobsDial ? board?.dial(id) : undefined) })]);
    await press();
    await until(async () => expect((await calls())[0]?.answeredAt).toBeTruthy());
    phone.say('BYE');
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    expect(carrier.rung).toHaveLength(1);
  });

  test('nobody answers: one line on the timeline, and the second try is owed twenty minutes later', async () => {
    const { id } = await promised();
    await dials();
    await until(async () => expect((await calls())[0]?.missedAt).toBeTruthy());
    expect(await timeline()).toMatchObject([{ direction: 'out', text: 'Appel d’Ana Perrin, sans réponse.' }]);
    const again = await db.database.kysely.selectFrom('commitment').where('replacesId', '=', id).selectAll().execute();
    expect(again).toMatchObject([{ kind: 'callback', keptAt: null, ownerId: world.ana }]);
  });

  test('pressed twice, also at once: one call', async () => {
    carrier.set(CUSTOMER, 'ring');
    const [first, second] = await Promise.all([press(), press()]);
    const callId = first.ok ? first.callId : '';
    expect(second).toMatchObject({ ok: true, callId });
    // The job runs a second time after a crash.
    await Promise.all([board?.dial(callId), board?.dial(callId)]);
    await until(async () => expect(carrier.rung).toHaveLength(1));
    await pause(300);
    expect(carrier.rung).toHaveLength(1);
    expect(phone.heard.filter((each) => each.startsWith('INVITE'))).toHaveLength(1);
    expect(await calls()).toHaveLength(1);
    const other = await addTestCustomer(db, world, { phone: '+33639980042' });
    const wish = { customerId: other.id, bySwitch: true };
    expect(await db.transact((tx) => placeCall(tx, ana(), wish))).toEqual({ ok: false, why: 'dialling' });
    phone.giveUp();
    await until(async () => expect((await calls())[0]?.missedAt).toBeTruthy());
    expect(carrier.heard).toEqual(['CANCEL']);
  });

  test.each([
    ['declines', 'own_phone'],
    ['rings', 'own_phone'],
    ['picks up, refuses to be sent on', 'not_dialled'],
  ] as const)('her phone %s: nobody is called, nothing is kept or broken, and she is told', async (manner, why) => {
    const { id } = await promised();
    phone.manner = manner;
    await dials();
    await until(async () => expect(await calls()).toMatchObject([{ setAsideWhy: why, missedAt: null }]));
    await pause(200);
    expect(carrier.rung).toEqual([]);
    expect(await timeline()).toEqual([]);
    // Its first leg is over.
    const heard = phone.heard.map((each) => each.split(' ')[0]);
    const ends = { declines: ['ACK'], rings: ['CANCEL', 'ACK'], 'picks up, refuses to be sent on': ['BYE'] }[manner];
    expect(heard).toEqual(expect.arrayContaining(ends));
    const callback = await db.database.kysely.selectFrom('commitment').where('id', '=', id).selectAll().execute();
    expect(callback).toMatchObject([{ keptAt: null, brokenAt: null }]);
    expect((await press()).ok).toBe(true);
  });

  test('the carrier refuses: the customer was not called, so it counts as no try', async () => {
    const { id } = await promised();
    carrier.set(CUSTOMER, 'refuse');
    await dials();
    await until(async () => expect(await calls()).toMatchObject([{ setAsideWhy: 'not_dialled', missedAt: null }]));
    expect(
      await db.database.kysely.selectFrom('commitment').where('replacesId', '=', id).selectAll().execute(),
    ).toEqual([]);
  });

  test('Visavis is killed while the phones ring: the call goes on, ends for both, and is on record once it is back', async () => {
    carrier.set(CUSTOMER, 'answer');
    const callId = await dials();
    await board?.stop();
    board = undefined;
    await vi.waitFor(() => expect(phone.heard).toContain('200'), patience);
    board = await startSwitchboard(db, door, ['false']);
    phone.say('BYE');
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    expect(carrier.heard).toEqual(['BYE']);
    expect(await calls()).toMatchObject([{ id: callId, missedAt: null }]);
  });

  test('killed before it could hand the call over: nothing rings, then or later, and the call is set aside', async () => {
    const placed = await press();
    db.clock.now = new Date(db.clock.now.getTime() + 130_000);
    if (placed.ok) await board?.dial(placed.callId);
    await setAsideUntold(db.transact);
    await pause(200);
    expect(phone.heard).toEqual([]);
    expect(await calls()).toMatchObject([{ setAsideWhy: 'not_dialled', missedAt: null, answeredAt: null }]);
  });

  test('dialled on the phone itself: a customer’s call is on their timeline, anybody else’s is nobody’s business', async () => {
    carrier.set(CUSTOMER, 'answer');
    carrier.set('+33639980049', 'answer');
    expect(await phone.dial(`sip:0639980041@127.0.0.1:${KAMAILIO}`)).toBe(200);
    phone.say('BYE');
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    expect(await timeline()).toMatchObject([{ direction: 'out', customerId, byAdvisor: world.ana }]);
    const forged = [
      'P-Asserted-Identity: <sip:+33639980066@example.org>',
      'Remote-Party-ID: <sip:+33639980066@example.org>',
    ];
    expect(await phone.dial(`sip:+33639980049@127.0.0.1:${KAMAILIO}`, forged)).toBe(200);
    phone.say('BYE');
    await pause(300);
    expect(carrier.rung[1]?.request.headers.get('p-asserted-identity')?.[0]).toMatch(/^<sip:\+33199001234@/);
    expect(carrier.rung[1]?.request.headers.has('remote-party-id')).toBe(false);
    expect(await calls()).toHaveLength(1);
  });

  test('asked for by the workspace and dialled on the phone beside the screen: one call, one line', async () => {
    carrier.set(CUSTOMER, 'answer');
    const { id: commitmentId } = await promised();
    const placed = await db.transact((tx) => placeCall(tx, ana(), { customerId, commitmentId }));
    expect(await phone.dial(`sip:${CUSTOMER}@127.0.0.1:${KAMAILIO}`)).toBe(200);
    phone.say('BYE');
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    expect(await calls()).toMatchObject([
      { id: placed.ok && placed.callId, source: 'kamailio', answeredBy: world.ana },
    ]);
    expect(await timeline()).toHaveLength(1);
  });

  test('on the phone with somebody on no file: it is known that she is, while she is, and nowhere with whom', async () => {
    const STRANGER = '+33639980049';
    carrier.set(STRANGER, 'answer');
    expect(await phone.dial(`sip:${STRANGER}@127.0.0.1:${KAMAILIO}`)).toBe(200);
    await until(async () => expect(await doing()).toBe('call'));
    expect(await tablesNaming(db.url, STRANGER.slice(1))).toEqual([]);
    phone.say('BYE');
    await until(async () => expect(await doing()).toBeUndefined());
    await pause(300);
    expect(await doing()).toBeUndefined();
    expect(await tablesNaming(db.url, STRANGER.slice(1))).toEqual([]);
    expect(await calls()).toEqual([]);
  });
});
