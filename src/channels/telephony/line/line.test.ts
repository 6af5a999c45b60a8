import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { startKamailio, type TestKamailio } from '../../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../../test/servers/phones.ts';
import { hangsUpAfter, sippCall } from '../../../../test/servers/sipp.ts';
import { phoneTime, startSwitchboard } from '../../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../../test/world.ts';
import { FIRST } from '../../../platform/come-first.ts';
import { writeHeldLists } from '../held-lists.ts';
import type { Telephony } from '../open.ts';

const KAMAILIO = 15_960;
const PHONES = 15_970;
const CALLER = '+33639980091';
const ANA = '+33353010010';
const niceOf = (thread: string | number) => getPriority(Number(thread));
const patience = { timeout: 10_000, interval: 50 };
/** Of `man 7 sched`; the 41st field of a stat file (`man 5 proc`), the name of the program, in brackets, being the second. */
const [SCHED_OTHER, SCHED_RR] = ['0', '2'];
const statOf = (thread: string | number) =>
  readFileSync(`/proc/${thread}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
const policyOf = (thread: string | number) => statOf(thread)[38];
/** The 40th field: 0 where nobody takes a processor from others. */
const turnOf = (thread: string | number) => Number(statOf(thread)[37]);
const mayTakeTurns = spawnSync('chrt', ['--rr', '1', 'true']).status === 0;

suiteNeeding(['kamailio', 'sipp'], 'the thread that answers Kamailio', () => {
  const db = testDatabase(phoneTime());
  const folder = mkdtempSync(join(tmpdir(), 'visavis-line-'));
  const threads: Worker[] = [];
  let world: World;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony | undefined;

  beforeAll(async () => {
    process.on('worker', (thread: Worker) => void threads.push(thread));
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    phones = await startPhones(PHONES);
    const fallback = `sip:front@${phones.address}`;
    const door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: phones.address, fallback, folder };
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    kamailio = await startKamailio(KAMAILIO, { fallback, folder, answerWithinMs: 1_500 });
    board = await startSwitchboard(db, door, ['false']);
    phones.set(ANA, 'ring');
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    phones?.stop();
  });

  const call = () => sippCall(KAMAILIO, { from: CALLER }, hangsUpAfter(180, 200));
  const calls = () => db.database.kysely.selectFrom('call').selectAll().orderBy('invitedAt').execute();
  const states = () => db.database.kysely.selectFrom('houseState').selectAll().execute();

  test('what everyone did is kept once beside the call, packed, and the call keeps what differs', async () => {
    await call();
    await vi.waitFor(async () => expect(await calls()).toMatchObject([{ missedAt: expect.any(Date) }]), patience);
    const [state] = await states();
    expect(await calls()).toMatchObject([
      {
        ringList: expect.arrayContaining([world.ana]),
        houseStateId: state?.id,
        situation: { now: expect.any(Number) },
      },
    ]);
    expect(state).toMatchObject({ state: null, packed: expect.any(Buffer) });
  });

  test.skipIf(process.getuid?.() !== 0)(
    'answers and announcements come before all else that this process and its database do',
    async () => {
      const threads = readdirSync('/proc/self/task').map((thread) => niceOf(thread));
      expect(threads.filter((nice) => nice === FIRST)).toHaveLength(2);
      expect(new Set(threads)).toEqual(new Set([FIRST, 0]));
      const { rows } = await db.database.pool.query<{ pid: number }>(
        "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
      );
      const connections = rows.map(({ pid }) => niceOf(pid));
      expect(connections).toContain(FIRST);
      expect(connections).toContain(0);
      const { rows: own } = await db.database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
      expect(niceOf(own[0]?.pid ?? 0)).toBe(0);
    },
  );

  test.skipIf(!mayTakeTurns)(
    'and take a processor from all else in the moment they wake up, which nothing else does',
    async () => {
      const ofProcess = () => readdirSync('/proc/self/task').map((thread) => policyOf(thread));
      await vi.waitFor(() => expect(ofProcess().filter((policy) => policy === SCHED_RR)).toHaveLength(2), patience);
      expect(new Set(ofProcess())).toEqual(new Set([SCHED_RR, SCHED_OTHER]));
      const { rows } = await db.database.pool.query<{ pid: number }>(
        "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
      );
      const connections = () => rows.map(({ pid }) => policyOf(pid));
      // Four for look-ups, one for the house; commands have none of them.
      await vi.waitFor(() => expect(connections().filter((policy) => policy === SCHED_RR)).toHaveLength(5), patience);
      expect(connections()).toContain(SCHED_OTHER);
    },
  );

  test.skipIf(!mayTakeTurns)(
    'look-ups come before the threads that wait for them; the house is read in turn with these',
    async () => {
      const { rows } = await db.database.pool.query<{ pid: number }>(
        "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
      );
      const inTurn = (all: readonly (string | number)[]) => all.map(turnOf).filter((turn) => turn > 0);
      const threads = () => inTurn(readdirSync('/proc/self/task'));
      const connections = () => inTurn(rows.map(({ pid }) => pid)).toSorted();
      await vi.waitFor(() => expect(connections()).toHaveLength(5), patience);
      const [house, ...lookUps] = connections();
      expect(threads()).toEqual([house, house]);
      expect(lookUps).toEqual([1, 1, 1, 1].map((above) => (house ?? 0) + above));
    },
  );

  test('it ends: meanwhile phones ring by the held list, then it is there again and decides', async () => {
    // The announcer was started first.
    const line = threads[1];
    await line?.terminate();
    await call();
    expect(phones.rung.map(({ number }) => number)).toEqual([ANA, ANA]);
    await vi.waitFor(() => expect(threads).toHaveLength(3), patience);
    await vi.waitFor(async () => {
      await call();
      expect((await calls()).at(-1)?.decision).toBeTruthy();
    }, patience);
    await vi.waitFor(async () => expect((await calls()).every(({ missedAt }) => missedAt)).toBe(true), patience);
  });

  test('stopped, it leaves no thread behind', async () => {
    const last = threads.at(-1);
    await board?.stop();
    board = undefined;
    expect(last?.threadId).toBe(-1);
  });
});
