import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { testDatabase, testKey } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { writeStep } from '../../core/telephony/step.ts';
import { system } from '../../desk/actor.ts';
import { beginCall } from '../../desk/calls/begin.ts';
import { forgetUnknownNumbers } from '../../desk/calls/forget-numbers.ts';
import { closeCaseFile } from '../../desk/casefiles/close.ts';
import { eraseCustomer } from '../../desk/customers/erase.ts';
import type { DB } from '../../desk/tables.ts';
import { createTransact } from '../../desk/transact.ts';
import { openDatabase } from '../../platform/db/database.ts';
import { catchUp } from './catch-up.ts';
import { type CallMessage, readMessage } from './message.ts';
import { followMessage } from './take-message.ts';
import { writeDownCalls } from './write-down.ts';

const db = testDatabase();
const ID = `${'5a'.repeat(16)}-1-1`;
const INVITED = new Date('2026-11-23T09:00:00Z').getTime();
/** The announcer is asked two seconds after the call came in. */
const ASKED = INVITED + 2_000;
let world: World;
let customer: { id: string; phone: string };
let offerStep: string;
let before: Date;

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = new Date(INVITED + 60_000);
  await sql`truncate call, callback, interaction, tray_item, case_file, commitment, event, unkept_call cascade`.execute(
    db.database.kysely,
  );
  customer = await addTestCustomer(db, world);
  before = new Date(INVITED + 40 * 60_000);
  offerStep = writeStep({ kind: 'offer', advisorId: world.ana, before });
});

/** As Kamailio says it: everything is a word, what is not known is empty. */
function said(
  event: CallMessage['event'],
  at: number,
  more: Partial<Record<'step' | 'played' | 'to' | 'from', string>> = {},
) {
  const told = { event, t: (at / 1_000).toFixed(6), id: ID, from: customer.phone, invited: `${INVITED / 1_000}` };
  return readMessage(JSON.stringify({ ...told, n: '1', step: offerStep, code: '', played: '', ...more }));
}
const begins = () => said('ringing', ASKED);
const spokenToTheEnd = (played: string) => said('failed', ASKED + 6_000, { played });
const hangsUp = (played: string) => said('cancelled', ASKED + 4_100, { played });
async function hear(...messages: CallMessage[]): Promise<void> {
  for (const message of messages) await db.transact((tx) => followMessage(tx, message));
}
const offers = () => db.database.kysely.selectFrom('callbackOffer').selectAll().execute();
const owed = () =>
  db.database.kysely
    .selectFrom('commitment')
    .select(['kind', 'ownerId', 'dueAt'])
    .where('keptAt', 'is', null)
    .execute();
const eventsOf = async () =>
  (
    await db.database.kysely
      .selectFrom('event')
      .where('type', 'like', 'call.offer%')
      .select('type')
      .orderBy('seq')
      .execute()
  ).map(({ type }) => type);

async function expectAccepted(offeredAt: Date): Promise<void> {
  expect(await offers()).toMatchObject([
    { advisorId: world.ana, before, own: true, offeredAt, playedMs: 3_900, declinedAt: null },
  ]);
  expect((await offers())[0]?.acceptedAt).toEqual(new Date(ASKED + 4_100));
  expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana, dueAt: before }]);
  expect(await eventsOf()).toEqual(['call.offered', 'call.offer_accepted']);
}

test('hung up during the offer: accepted, once, however often it is told', async () => {
  await hear(begins(), begins(), hangsUp('3900'), hangsUp('3900'), begins());
  await expectAccepted(new Date(ASKED));
});

test('nobody heard the offer begin: hanging up during it accepts all the same', async () => {
  await hear(hangsUp('3900'));
  await expectAccepted(new Date(ASKED + 200));
  await hear(begins(), hangsUp('3900'));
  await expectAccepted(new Date(ASKED + 200));
});

test('Kamailio’s accounting alone tells of it: accepted too, and no second time when it is read again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-accounting-'));
  mkdirSync(join(folder, 'calls'));
  const fields = ['', '', '', ID, customer.phone, INVITED / 1_000, 1, offerStep, '', 1, 3_900, (ASKED + 4_100) / 1_000];
  const line = `2026-11-23 09:00:00|2026-11-23 09:00:06|${fields.join('|')}\n`;
  writeFileSync(join(folder, 'calls', 'calls_1.log'), line);
  const { transact, log, clock } = db;
  const house = { db: db.database.kysely, clock: () => clock.now, transact, log };
  const board = { house, door: { evapi: '', phones: '', folder } };
  expect(await catchUp(board)).toBe(1);
  await expectAccepted(new Date(ASKED + 200));
  expect(await catchUp(board)).toBe(0);
  await expectAccepted(new Date(ASKED + 200));
});

/** A folder of Kamailio's accounting with these lines, and what reads it. */
function accountingOf(...lines: Partial<Record<'moved' | 'to' | 'code' | 'from' | 'step' | 'answered', string>>[]) {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-accounting-'));
  mkdirSync(join(folder, 'calls'));
  const texts = lines.map(({ moved = '', to = '', code = '', from = customer.phone, step = '', answered = '' }, at) => {
    const over = (INVITED + 30_000 * (at + 1)) / 1_000;
    const fields = [moved, to, code, ID, from, INVITED / 1_000, 1, step, answered, '', '', over];
    return `2026-11-23 09:00:00|2026-11-23 09:00:30|${fields.join('|')}\n`;
  });
  writeFileSync(join(folder, 'calls', 'calls_1.log'), texts.join(''));
  const { transact, log, clock } = db;
  const house = { db: db.database.kysely, clock: () => clock.now, transact, log };
  return { house, door: { evapi: '', phones: '', folder } };
}
const calls = () => db.database.kysely.selectFrom('call').selectAll().execute();
const phoneOf = async (advisorId: string) =>
  (await db.database.kysely.selectFrom('advisor').where('id', '=', advisorId).select('phone').executeTakeFirstOrThrow())
    .phone;

test('what was erased with a customer does not come back from the accounting, nor from what Kamailio tells again', async () => {
  const rings = { step: writeStep({ kind: 'ring', advisorId: world.ana }) };
  const board = accountingOf({ ...rings, answered: `${INVITED / 1_000 + 5}` });
  expect(await catchUp(board)).toBe(1);
  const { reference } = await db.database.kysely
    .selectFrom('customer')
    .where('id', '=', customer.id)
    .select('reference')
    .executeTakeFirstOrThrow();
  const files = await db.database.kysely.selectFrom('caseFile').where('closedAt', 'is', null).select('id').execute();
  for (const { id: caseFileId } of files)
    await db.transact((tx) => closeCaseFile(tx, system, { caseFileId, words: 'C’est fait.', tell: false }));
  const asked = { customerId: customer.id, reference, reason: 'asked' as const };
  expect(await db.transact((tx) => eraseCustomer(tx, system, asked))).toMatchObject({ ok: true });
  expect(await catchUp(board)).toBe(0);
  await hear(said('missed', ASKED + 20_000, rings), said('ended', ASKED + 20_000, rings));
  expect(await calls()).toEqual([]);
  expect(await db.database.kysely.selectFrom('trayItem').selectAll().execute()).toEqual([]);
  db.clock.now = new Date(db.clock.now.getTime() + 9 * 86_400_000);
  await db.transact(forgetUnknownNumbers);
  expect(await db.database.kysely.selectFrom('unkeptCall').selectAll().execute()).toEqual([]);
});

test('whom an advisor called stays nobody’s business when the number becomes a customer’s, and is read once', async () => {
  const phone = '+33639987001';
  const board = accountingOf({ to: phone, from: await phoneOf(world.ana), answered: `${INVITED / 1_000 + 5}` });
  expect(await catchUp(board)).toBe(0);
  await addTestCustomer(db, world, { phone });
  expect(await catchUp(board)).toBe(0);
  expect(await calls()).toEqual([]);
});

test('heard of as it ended, a private call is not read at all: not a minute later, when its number is a customer’s', async () => {
  const call = { to: '+33639987002', from: await phoneOf(world.ana), step: '' };
  await hear(said('dialled', INVITED, call), said('answered', INVITED + 5_000, call), said('ended', ASKED, call));
  await addTestCustomer(db, world, { phone: call.to });
  expect(await catchUp(accountingOf({ ...call, answered: `${INVITED / 1_000 + 5}` }))).toBe(0);
  expect(await calls()).toEqual([]);
});

test('dialled by hand, the number of two customers is called for neither: nor is it the call to one asked for since', async () => {
  const call = { to: customer.phone, from: await phoneOf(world.ana), step: '' };
  await addTestCustomer(db, world, { phone: call.to });
  await hear(said('dialled', INVITED, call), said('missed', INVITED + 30_000, call));
  const asked = { id: 'asked', at: new Date(INVITED + 40_000), fromPhone: null, customerId: customer.id, ringList: [] };
  await db.transact((tx) => beginCall(tx, { ...asked, out: { toPhone: call.to, placedBy: world.ana } }));
  expect(await catchUp(accountingOf(call))).toBe(0);
  expect(await calls()).toMatchObject([{ id: 'asked', sipId: null, missedAt: null }]);
});

test('a call to a customer that the carrier refused is set aside, and read once', async () => {
  const board = accountingOf({ to: customer.phone, from: await phoneOf(world.ana), code: '503' });
  expect([await catchUp(board), await catchUp(board)]).toEqual([1, 0]);
  expect(await calls()).toMatchObject([{ sipId: ID, setAsideWhy: 'not_dialled', missedAt: null }]);
});

test('a call to a customer that a colleague took over is read once', async () => {
  const [ana, bruno] = [await phoneOf(world.ana), await phoneOf(world.bruno)];
  const board = accountingOf(
    { to: customer.phone, from: ana, answered: `${INVITED / 1_000 + 5}` },
    { moved: bruno, from: '', answered: `${INVITED / 1_000 + 29}` },
  );
  expect([await catchUp(board), await catchUp(board)]).toEqual([2, 0]);
  expect(await calls()).toMatchObject([{ sipId: ID, answeredBy: world.bruno, endedAt: new Date(INVITED + 60_000) }]);
});

test('a customer an advisor called is on record, once', async () => {
  const board = accountingOf({
    to: customer.phone,
    from: await phoneOf(world.ana),
    answered: `${INVITED / 1_000 + 5}`,
  });
  expect([await catchUp(board), await catchUp(board)]).toEqual([1, 0]);
  expect(await calls()).toMatchObject([{ customerId: customer.id, direction: 'out', placedBy: world.ana, sipId: ID }]);
});

test.each([
  ['in order', () => [begins(), spokenToTheEnd('5800')]],
  ['swapped', () => [spokenToTheEnd('5800'), begins()]],
  ['its beginning lost', () => [spokenToTheEnd('5800')]],
])('spoken to its end, the caller stays, %s: declined, and not open any more', async (_, messages) => {
  await hear(...messages());
  expect(await offers()).toMatchObject([{ acceptedAt: null, declinedAt: new Date(ASKED + 6_000), playedMs: 5_800 }]);
  expect(await owed()).toEqual([]);
  expect(await eventsOf()).toEqual(['call.offered', 'call.offer_declined']);
});

test('told of its end after the caller has hung up on the next phone: declined, and owed an answer as anybody', async () => {
  const rings = { step: writeStep({ kind: 'ring', advisorId: world.bruno }) };
  await hear(said('ringing', ASKED + 6_300, rings), said('cancelled', ASKED + 20_000, rings), spokenToTheEnd('5800'));
  await hear(begins());
  expect(await offers()).toMatchObject([{ acceptedAt: null, declinedAt: new Date(ASKED + 6_000) }]);
  expect(await eventsOf()).toEqual(['call.offered', 'call.offer_declined']);
});

test.each([
  ['the announcer could not speak', () => [spokenToTheEnd('')]],
  ['hung up before the first sound', () => [hangsUp('0')]],
  ['told that it began when the call is long over', () => [hangsUp(''), begins()]],
])('nothing of it was heard (%s): there was no offer', async (_, messages) => {
  await hear(...messages());
  expect(await offers()).toEqual([]);
  expect(await eventsOf()).toEqual([]);
});

test.each([
  ['promise', '0', 'Ana'],
  ['promise', '', 'Ana'],
  ['voicemail', '', 'Ana'],
  ['promise', '2800', 'Bruno'],
] as const)(
  'a later %s that nobody spoke, or heard for “%s” ms, leaves what they were promised before: %s',
  async (kind, played, whose) => {
    await hear(begins(), hangsUp('3900'));
    const later = new Date(before.getTime() + 60 * 60_000);
    const step = writeStep({ kind, advisorId: world.bruno, before: later });
    const again = { ...said('missed', ASKED + 90_000, { step, played }), id: `${'5b'.repeat(16)}-1-1` };
    await hear(again);
    const open = (
      await db.database.kysely.selectFrom('commitment').where('withdrawnAt', 'is', null).selectAll().execute()
    )
      .filter(({ keptAt }) => !keptAt)
      .map(({ ownerId, dueAt }) => ({ ownerId, dueAt }));
    expect(open).toEqual([
      whose === 'Ana' ? { ownerId: world.ana, dueAt: before } : { ownerId: world.bruno, dueAt: later },
    ]);
  },
);

test('an offer that somebody answered instead is not accepted by a late word of hanging up', async () => {
  const rings = { step: writeStep({ kind: 'ring', advisorId: world.bruno }) };
  await hear(said('answered', ASKED + 9_000, rings), hangsUp('3900'), begins());
  expect(await offers()).toEqual([]);
  expect(await owed()).toEqual([]);
});

/** The database behind a socket that is taken away, or cut when a commit has been done and nobody was told. */
async function mayGoAway() {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-away-'));
  const url = new URL(db.url.replace('@/', '@localhost/'));
  const real = `${url.searchParams.get('host')}/.s.PGSQL.5432`;
  url.searchParams.set('host', folder);
  const clients = new Set<Socket>();
  let cutAtCommit = false;
  const between = () =>
    createServer((client) => {
      const server = connect(real);
      clients.add(client);
      client.on('data', (bytes) => server.write(bytes));
      server.on('data', (bytes) => {
        if (!cutAtCommit || !bytes.includes('COMMIT')) return client.write(bytes);
        cutAtCommit = false;
        return client.destroy();
      });
      client.on('close', () => server.destroy()).on('error', () => undefined);
      server.on('close', () => client.destroy()).on('error', () => undefined);
    });
  let listening = between();
  const back = () =>
    new Promise<void>((resolve) => {
      listening = between().listen(join(folder, '.s.PGSQL.5432'), resolve);
    });
  await back();
  const opened = openDatabase<DB>(url.href.replace('@localhost/', '@/'));
  const own = { signingKey: testKey, olderKeys: [], origin: '', smsLeaves: false };
  const transact = createTransact(opened.kysely, db.jobs, db.events, () => db.clock.now, own);
  return {
    transact,
    away: () => {
      listening.close();
      for (const client of clients) client.destroy();
    },
    back,
    cutAtCommit: () => {
      cutAtCommit = true;
    },
    end: async () => {
      await opened.close();
      listening.close();
    },
  };
}
const waits = () => ({ step: writeStep({ kind: 'wait', until: new Date(ASKED + 60_000) }) });
const ofOther = (message: CallMessage): CallMessage => ({ ...message, id: `${'6b'.repeat(16)}-1-1`, from: '' });
const callRow = (id: string) =>
  db.database.kysely.selectFrom('call').where('id', '=', id).selectAll().executeTakeFirst();

test('the database is away for a moment: who waits and an accepted offer are written once it is back, in order', async () => {
  const between = await mayGoAway();
  const log = { ...db.log, error: vi.fn(), warn: vi.fn() } as unknown as typeof db.log;
  const queueChanged = vi.fn();
  const calls = writeDownCalls({ transact: between.transact, log }, queueChanged);
  between.away();
  const take = (message: CallMessage) => calls.take({ kind: 'call', message });
  take(begins());
  take(ofOther(said('ringing', ASKED, waits())));
  take(hangsUp('3900'));
  await vi.waitFor(() => expect(log.warn).toHaveBeenCalled());
  queueChanged.mockClear();
  await between.back();
  await vi.waitFor(() => expectAccepted(new Date(ASKED)), { timeout: 10_000 });
  await vi.waitFor(async () => expect((await callRow(`${'6b'.repeat(16)}-1-1`))?.waitsSince).toEqual(new Date(ASKED)));
  expect(queueChanged).toHaveBeenCalled();
  expect(log.error).not.toHaveBeenCalled();
  await calls.stop();
  await between.end();
});

test('stopped while the database is away, what waits is tried once more and logged, each', async () => {
  const between = await mayGoAway();
  const log = { ...db.log, error: vi.fn(), warn: vi.fn() } as unknown as typeof db.log;
  const calls = writeDownCalls({ transact: between.transact, log }, () => undefined);
  between.away();
  for (const message of [begins(), hangsUp('3900'), ofOther(begins())]) calls.take({ kind: 'call', message });
  await vi.waitFor(() => expect(log.warn).toHaveBeenCalled());
  await calls.stop();
  expect(log.error).toHaveBeenCalledTimes(3);
  await between.end();
});

test('cut off after a commit nobody was told of: followed again, it changes nothing', async () => {
  const between = await mayGoAway();
  between.cutAtCommit();
  const log = { ...db.log, error: vi.fn(), warn: vi.fn() } as unknown as typeof db.log;
  const calls = writeDownCalls({ transact: between.transact, log }, () => undefined);
  calls.take({ kind: 'call', message: hangsUp('3900') });
  await vi.waitFor(() => expect(log.warn).toHaveBeenCalled());
  await expectAccepted(new Date(ASKED + 200));
  await new Promise((resolve) => setTimeout(resolve, 400));
  await calls.stop();
  await expectAccepted(new Date(ASKED + 200));
  expect(log.error).not.toHaveBeenCalled();
  await between.end();
});
