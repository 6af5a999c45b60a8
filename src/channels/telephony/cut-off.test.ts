import { chmodSync, mkdtempSync, readdirSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type CutLine, startCutLine } from '../../../test/servers/cut-line.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { type MailProcess, startMailProcess } from '../../../test/servers/killable.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { silentVoice } from '../../../test/servers/silent-voice.ts';
import { type CallerStep, sippCall, talks } from '../../../test/servers/sipp.ts';
import { startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { writeHeldLists } from './held-lists.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 17_360;
const LINE = 17_362;
const PHONES = 17_370;
const FRONT = 17_372;
const CALLER = '+33639980131';
const NUMBERS = { ana: '+33353010010', bruno: '+33353010011', chloe: '+33353010012', lea: '+33353010013' };
const patience = { timeout: 20_000, interval: 50 };

/** A voice that says nothing: an offer of three parts lasts two and a half seconds. */
const SHORT_VOICE = silentVoice(6_660);

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

suiteNeeding(['kamailio', 'sipp'], 'phones that do not answer, lines that are cut, processes that are killed', () => {
  const db = testDatabase(new Date(Date.now() + 40 * 60_000));
  const folder = mkdtempSync(join(tmpdir(), 'visavis-cut-off-'));
  let world: World;
  let customerId: string;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let front: TestPhones;
  let line: CutLine;
  let board: Telephony | undefined;
  let others: MailProcess[] = [];

  beforeAll(async () => {
    chmodSync(folder, 0o700);
    world = await buildWorld(db);
    const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '24:00' }]]));
    const { kysely } = db.database;
    await kysely
      .updateTable('office')
      .set({ openingHours: JSON.stringify(always) })
      .execute();
    await kysely
      .updateTable('advisor')
      .set({ workingHours: JSON.stringify(always) })
      .execute();
    // Phones ring out after two seconds.
    const policy = JSON.stringify({ version: 'quick', call: { ringSeconds: 2 } });
    await kysely.insertInto('policyVersion').values({ version: 'quick', policy, at: db.clock.now }).execute();
    await kysely.updateTable('operator').set({ policy }).execute();
    customerId = (await addTestCustomer(db, world, { phone: CALLER })).id;
    phones = await startPhones(PHONES);
    front = await startPhones(FRONT);
    const fallback = `sip:front@${front.address}`;
    line = await startCutLine(LINE, `127.0.0.1:${KAMAILIO + 1}`);
    await writeHeldLists(kysely, db.clock.now, { ...door(), evapi: '' });
    kamailio = await startKamailio(KAMAILIO, { fallback, folder, answerWithinMs: 1_500 });
  });
  const door = () => ({
    evapi: line.address,
    phones: phones.address,
    fallback: `sip:front@${front.address}`,
    folder,
  });
  const connect = async () => {
    board = await startSwitchboard(db, door(), SHORT_VOICE);
    await board.prepare();
  };
  /** A Visavis in a process of its own, straight at Kamailio. */
  const another = async () => {
    const environment = {
      VISAVIS_KAMAILIO: kamailio.evapi,
      VISAVIS_PHONES: phones.address,
      VISAVIS_CALLS_FALLBACK: `sip:front@${front.address}`,
      VISAVIS_CALLS_FOLDER: folder,
      VISAVIS_DATA: mkdtempSync(join(tmpdir(), 'visavis-telephony-process-')),
      TEST_VOICE: JSON.stringify(SHORT_VOICE),
    };
    const made = await startMailProcess(db.url, environment, 'telephony-process.ts');
    others.push(made);
    return made;
  };
  afterEach(async () => {
    try {
      await vi.waitFor(async () => expect(await kamailio.dialogs()).toBe(0), patience);
    } finally {
      await board?.stop();
      board = undefined;
      for (const each of others) await each.kill();
      others = [];
      // Or every Visavis that connects would follow them again.
      for (const name of readdirSync(join(folder, 'calls'))) truncateSync(join(folder, 'calls', name));
      phones.clear();
      front.clear();
      const { kysely } = db.database;
      await kysely.deleteFrom('callback').execute();
      await kysely.deleteFrom('call').execute();
      await kysely.deleteFrom('caseFile').execute();
    }
  });
  afterAll(async () => {
    line?.stop();
    await kamailio?.stop();
    phones?.stop();
    front?.stop();
  });

  const calls = () =>
    db.database.kysely.selectFrom('call').where('id', 'not like', 'busy-%').selectAll().orderBy('invitedAt').execute();
  const timeline = () =>
    db.database.kysely.selectFrom('interaction').where('customerId', '=', customerId).selectAll().execute();
  const call = (steps: readonly CallerStep[] = talks(100)) => sippCall(KAMAILIO, { from: CALLER }, steps);
  const rung = () => phones.rung.map(({ number }) => number);
  const until = (check: () => Promise<void>) => vi.waitFor(check, patience);
  const ended = () => until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
  const anaTalks = (at: Date) =>
    db.database.kysely
      .insertInto('call')
      .values({ id: 'busy-ana', invitedAt: at, answeredAt: at, answeredBy: world.ana })
      .execute();
  /** One record of a talk with her, and one line. */
  const onRecordOnce = async (advisorId: string) => {
    await ended();
    await pause(300);
    expect(await calls()).toMatchObject([{ answeredBy: advisorId, missedAt: null, customerId }]);
    expect(await timeline()).toHaveLength(1);
  };

  test('a phone rings out after its seconds: it stops, the offer is made, the next one rings, and the line says how long', async () => {
    await connect();
    phones.set(NUMBERS.ana, 'ring');
    phones.set(NUMBERS.bruno, 'answer');
    await call();
    await onRecordOnce(world.bruno);
    expect(rung()).toEqual([NUMBERS.ana, NUMBERS.bruno]);
    expect(phones.heard).toContain('CANCEL');
    expect((await timeline())[0]?.text).toMatch(
      /D’abord sonné chez Ana Perrin \([123]\u00a0s\)\. Proposition de rappel écoutée \d\u00a0s, déclinée\.$/,
    );
  });

  test('the switch with all phones is silent: each is given up after a second and a half, then the front desk takes the call', async () => {
    await connect();
    for (const number of Object.values(NUMBERS)) phones.set(number, 'dead');
    front.set('front', 'answer');
    const from = '+33639980139';
    await sippCall(KAMAILIO, { from }, talks(50));
    expect(rung().length).toBeGreaterThan(1);
    expect(new Set(rung()).size).toBe(rung().length);
    expect(front.rung.map(({ number }) => number)).toEqual(['front']);
    await ended();
    expect(await calls()).toMatchObject([{ fromPhone: from, answeredBy: null, missedAt: null }]);
  });

  test('the line to Kamailio is cut while nothing happens: it is made anew, and the next call is decided as ever', async () => {
    await connect();
    const before = line.connections();
    line.cut();
    await vi.waitFor(() => expect(line.connections()).toBe(before + 1), patience);
    await pause(200);
    phones.set(NUMBERS.ana, 'answer');
    await call();
    await onRecordOnce(world.ana);
    expect((await calls())[0]?.policyVersion).not.toBeNull();
  });

  test.each(['inside', 'before the answer'] as const)(
    'cut %s, while a caller waits for it: the held list rings, and the call is on record once',
    async (where) => {
      await connect();
      const before = line.connections();
      line.cutAtQuestion(where);
      phones.set(NUMBERS.ana, 'answer');
      await call(talks(2_500));
      expect(rung()).toEqual([NUMBERS.ana]);
      expect(line.connections()).toBeGreaterThan(before);
      await onRecordOnce(world.ana);
    },
  );

  test('two processes hear of the same call: it is decided once, rung once, recorded once', async () => {
    await another();
    await another();
    phones.set(NUMBERS.ana, 'answer');
    await call();
    await onRecordOnce(world.ana);
    expect(rung()).toEqual([NUMBERS.ana]);
  });

  test('one of two processes is killed in mid-call: the talk goes on, and its end is recorded once', async () => {
    const first = await another();
    await another();
    phones.set(NUMBERS.ana, 'answer');
    const talk = call(talks(2_500));
    await until(async () => expect((await calls())[0]?.answeredBy).toBe(world.ana));
    await first.kill();
    await talk;
    await onRecordOnce(world.ana);
  });

  test('killed with its announcer in the middle of an offer: the caller still reaches a phone, and is on record once', async () => {
    await anaTalks(new Date());
    const only = await another();
    phones.set(NUMBERS.bruno, 'answer');
    const heard = call([{ expect: 183, maybe: [100] }, ...talks(100)]);
    await until(async () => expect(await calls()).toHaveLength(1));
    await pause(300);
    expect(rung()).toEqual([]);
    await only.kill();
    await heard;
    expect(rung()).toEqual([NUMBERS.bruno]);
    await connect();
    await onRecordOnce(world.bruno);
  });
});
