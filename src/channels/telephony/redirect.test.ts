import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { type CallerStep, isRefused, sippCall } from '../../../test/servers/sipp.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { setExtension } from '../../desk/advisors/extension.ts';
import { setAsideUntold } from '../../desk/calls/silent-calls.ts';
import { writeHeldLists } from './held-lists.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 15_460;
const DOOR = 15_462;
const CALLER = '+33639980051';
const SWITCH = '192.0.2.20:5060';
const FRONT = 'sip:front@192.0.2.20';
const patience = { timeout: 6_000, interval: 40 };

suiteNeeding(['kamailio', 'sipp'], 'switches that can only follow a redirect', () => {
  const db = testDatabase(phoneTime());
  const folder = mkdtempSync(join(tmpdir(), 'visavis-redirect-'));
  const opened = new Date(db.clock.now);
  let world: World;
  let kamailio: TestKamailio;
  let board: Telephony | undefined;
  const door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: SWITCH, fallback: FRONT, folder };

  beforeAll(async () => {
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    await db.transact((tx) => setExtension(tx, world.bruno, '203'));
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    kamailio = await startKamailio(KAMAILIO, {
      fallback: FRONT,
      folder,
      answerWithinMs: 1_500,
      redirect: { listen: `udp:127.0.0.1:${DOOR}`, from: ['127.0.0.1'], fallback: FRONT },
    });
    board = await startSwitchboard(db, door, ['false']);
  });
  afterEach(async () => {
    db.clock.now = new Date(opened);
    await db.database.kysely.deleteFrom('call').execute();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
  });

  const asks = async (contact: string, from = CALLER) => {
    await sippCall(DOOR, { from }, moved(contact));
    if (board) await vi.waitFor(async () => expect(await calls()).toHaveLength(1), patience);
  };
  const calls = () => db.database.kysely.selectFrom('call').selectAll().execute();

  test('the own advisor first, then the backups as the switch knows them, by q; the call is announced on the screen', async () => {
    const [own, bruno] = [`<sip:\\+33353010010@${SWITCH}>;q=1\\.0`, `<sip:203@${SWITCH}>;q=0\\.9`];
    await asks(`^ *${own}, ${bruno}, <sip:\\+33353010012@${SWITCH}>;q=0\\.8.*, <${FRONT}>;q=0\\.[0-9]$`);
    expect(await calls()).toMatchObject([{ source: 'redirect', fromPhone: CALLER, missedAt: null }]);
    expect((await calls())[0]?.ringList[0]).toBe(world.ana);
  });

  test('what became of it nobody tells: after ten minutes it is set aside, and no callback is owed for it', async () => {
    await asks('.');
    db.clock.now = new Date(opened.getTime() + 11 * 60_000);
    await setAsideUntold(db.transact);
    expect(await calls()).toMatchObject([{ setAsideWhy: 'untold', missedAt: null }]);
    expect(await db.database.kysely.selectFrom('commitment').select('id').execute()).toEqual([]);
  });

  test('a number nobody knows: anyone who is free, then the fallback', async () => {
    await asks(`^ *<sip:[^>]+@${SWITCH}>;q=1\\.0, .*<${FRONT}>;q=0\\.[0-9]$`, '+33639980099');
  });

  test('closed: the fallback alone', async () => {
    db.clock.now = new Date(opened.getTime() - 13 * 3_600_000);
    await asks(`^ *<${FRONT}>;q=1\\.0$`);
  });

  test('Visavis is down: the held list, and for a number nobody knows the one for everybody', async () => {
    await board?.stop();
    board = undefined;
    await pause(100);
    await asks(`^ *<sip:\\+33353010010@${SWITCH}>;q=1\\.0, <sip:203@${SWITCH}>;q=0\\.9, .*<${FRONT}>;q=0\\.[0-9]$`);
    await asks(`^ *<sip:[^>]+@${SWITCH}>;q=1\\.0, .*<${FRONT}>;q=0\\.[0-9]$`, '+33639980099');
    board = await startSwitchboard(db, door, ['false']);
    await pause(400);
    // A redirect leaves nothing in the accounting that could be taken for a missed call.
    expect(await calls()).toEqual([]);
  });

  test('a stranger asks in vain', async () => {
    await sippCall(DOOR, { from: CALLER, address: '127.0.0.8' }, isRefused(403));
    expect(await calls()).toEqual([]);
  });
});

const moved = (contact: string): CallerStep[] => [{ expect: 302, maybe: [100], contact }, 'ack refusal'];
