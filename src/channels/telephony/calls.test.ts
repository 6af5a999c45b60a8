import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { kamailioConfig } from '../../core/telephony/kamailio-config.ts';
import { startTelephony } from './start.ts';

const KAMAILIO = 15060;
const PHONES = 15070;
const EVAPI = '127.0.0.1:18448';
const CALLER = '+33639980011';
const scenario = (name: string) => join(import.meta.dirname, 'fixtures', `${name}.xml`);
const patience = { timeout: 8_000, interval: 50 };

suiteNeeding(['kamailio', 'sipp'], 'calls through Kamailio', () => {
  const db = testDatabase();
  let world: World;
  let customerId: string;
  let kamailio: ChildProcess;
  let door: { stop(): Promise<void> } | undefined;
  const phones: ChildProcess[] = [];
  const work = mkdtempSync(join(tmpdir(), 'visavis-calls-'));

  beforeAll(async () => {
    world = await buildWorld(db);
    customerId = (await addTestCustomer(db, world, { phone: CALLER })).id;
    const file = join(work, 'kamailio.cfg');
    const listen = [`udp:127.0.0.1:${KAMAILIO}`];
    writeFileSync(
      file,
      kamailioConfig({ listen, trunks: ['127.0.0.1'], evapi: EVAPI, fallback: `sip:front@127.0.0.1:${PHONES}` }),
    );
    kamailio = spawn('kamailio', ['-f', file, '-DD', '-E', '-m', '64', '-M', '8', '-Y', work], { stdio: 'ignore' });
    await pause(1_500);
  });
  const connect = async () => {
    const house = { db: db.database.kysely, clock: () => db.clock.now, transact: db.transact, log: db.log };
    door = startTelephony(house, { evapi: EVAPI, phones: `127.0.0.1:${PHONES}` });
    await pause(300);
  };
  const phone = async (name: string) => {
    phones.push(sipp(['-sf', scenario(name), '-i', '127.0.0.1', '-p', String(PHONES)], work));
    await pause(300);
  };
  const call = (name: string, from = CALLER, ms = 300) =>
    promisify(execFile)(
      'timeout',
      ['20', 'sipp', '-sf', scenario(name), '-key', 'caller', from, '-d', String(ms), '-m', '1'].concat([
        '-i',
        '127.0.0.1',
        '-p',
        '15080',
        '-nostdin',
        `127.0.0.1:${KAMAILIO}`,
      ]),
      { cwd: work },
    );
  const calls = () => db.database.kysely.selectFrom('call').selectAll().orderBy('invitedAt').execute();
  afterEach(async () => {
    await door?.stop();
    for (const each of phones.splice(0)) each.kill('SIGKILL');
    await db.database.kysely.deleteFrom('call').execute();
    await pause(200);
  });
  afterAll(() => {
    kamailio.kill('SIGTERM');
  });

  test('a call rings the own advisor, who answers: one record, with who and how long, and nothing is owed', async () => {
    await connect();
    await phone('phone-answers');
    await call('caller-talks');
    await vi.waitFor(async () => expect((await calls())[0]?.endedAt).toBeTruthy(), patience);
    const all = await calls();
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ customerId, fromPhone: CALLER, answeredBy: world.ana, missedAt: null });
    expect(await db.database.kysely.selectFrom('commitment').select('id').execute()).toEqual([]);
    const timeline = await db.database.kysely.selectFrom('interaction').selectAll().execute();
    expect(timeline).toMatchObject([{ customerId, channel: 'call', byAdvisor: world.ana }]);
    expect(timeline[0]?.text).toBe('Appel avec Ana Perrin, moins d’une minute.');
    await db.database.kysely.deleteFrom('caseFile').execute();
  });

  test('everyone is busy: the call is on the timeline once, and an answer is owed by the own advisor', async () => {
    await connect();
    await phone('phone-busy');
    await call('caller-fails');
    await vi.waitFor(async () => expect((await calls())[0]?.missedAt).toBeTruthy(), patience);
    const timeline = await db.database.kysely.selectFrom('interaction').selectAll().execute();
    expect(timeline).toMatchObject([{ customerId, channel: 'call', direction: 'in', party: expect.anything() }]);
    const owed = await db.database.kysely.selectFrom('commitment').select(['ownerId', 'keptAt']).execute();
    expect(owed).toEqual([{ ownerId: world.ana, keptAt: null }]);
  });

  test('a number nobody knows rings anyone and, missed, lies in the tray', async () => {
    await connect();
    await phone('phone-busy');
    await call('caller-fails', '+33639980099');
    await vi.waitFor(async () => expect((await calls())[0]?.missedAt).toBeTruthy(), patience);
    expect((await calls())[0]?.ringList.length).toBeGreaterThan(0);
    expect(await db.database.kysely.selectFrom('trayItem').select('id').execute()).toHaveLength(1);
  });

  test('Visavis is not there: the fallback rings and the caller is answered', async () => {
    door = undefined;
    await phone('phone-answers');
    await call('caller-talks');
    expect(await calls()).toEqual([]);
  });
});

function sipp(args: string[], cwd: string): ChildProcess {
  return spawn('sipp', [...args, '-nostdin'], { cwd, stdio: 'ignore' });
}
