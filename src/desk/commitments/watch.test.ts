import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { system } from '../actor.ts';
import { newId } from '../id.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { watchCommitments } from './watch.ts';

const db = testDatabase();
let world: World;
beforeAll(async () => {
  world = await buildWorld(db);
});

const monday = new Date('2026-11-23T09:00:00Z');

async function openMatter(): Promise<{ caseFileId: string; commitmentId: string }> {
  db.clock.now = monday;
  const customer = await addTestCustomer(db, world);
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { mail: customer.mail },
      proven: true,
      text: 'Bonjour',
      acknowledge: false,
    }),
  );
  if (received.kind !== 'interaction') throw new Error('expected a timeline');
  return { caseFileId: received.caseFileId, commitmentId: received.commitment.id };
}
const commitmentsOf = (caseFileId: string) =>
  db.database.kysely.selectFrom('commitment').where('caseFileId', '=', caseFileId).orderBy('id').selectAll().execute();
const ownerOf = async (caseFileId: string) =>
  (
    await db.database.kysely
      .selectFrom('caseFile')
      .where('id', '=', caseFileId)
      .select('ownerId')
      .executeTakeFirstOrThrow()
  ).ownerId;
const eventsOf = async (caseFileId: string) =>
  (
    await db.database.kysely
      .selectFrom('event')
      .where('caseFileId', '=', caseFileId)
      .orderBy('seq')
      .select('type')
      .execute()
  ).map((row) => row.type);

test('nothing happens before three quarters of the working time have passed', async () => {
  const { caseFileId } = await openMatter();
  db.clock.now = new Date('2026-11-23T14:30:00Z');
  await watchCommitments(db.transact);
  expect(await eventsOf(caseFileId)).not.toContain('commitment.reminder');
});

test('the owner is reminded once', async () => {
  const { caseFileId } = await openMatter();
  db.clock.now = new Date('2026-11-23T16:30:00Z');
  await watchCommitments(db.transact);
  await watchCommitments(db.transact);
  expect((await eventsOf(caseFileId)).filter((type) => type === 'commitment.reminder')).toHaveLength(1);
});

test('a broken commitment goes to the first backup, then to the lead, and the case file is never without one', async () => {
  const { caseFileId, commitmentId } = await openMatter();
  db.clock.now = new Date('2026-11-24T08:31:00Z');
  await watchCommitments(db.transact);
  const [first, second] = await commitmentsOf(caseFileId);
  expect(first).toMatchObject({ id: commitmentId, brokenAt: db.clock.now });
  expect(second).toMatchObject({ ownerId: world.bruno, escalation: 1, replacesId: commitmentId, brokenAt: null });
  expect(await ownerOf(caseFileId)).toBe(world.bruno);

  db.clock.now = new Date('2026-11-24T12:00:00Z');
  await watchCommitments(db.transact);
  const third = (await commitmentsOf(caseFileId)).at(-1);
  expect(third).toMatchObject({ ownerId: world.lea, escalation: 2, brokenAt: null });
  expect(await ownerOf(caseFileId)).toBe(world.lea);
});

test('an absent backup is passed over', async () => {
  const { caseFileId } = await openMatter();
  await db.transact(async (tx) => {
    await tx.db
      .insertInto('absence')
      .values({
        id: newId(),
        advisorId: world.bruno,
        startsAt: new Date('2026-11-24T00:00:00Z'),
        endsAt: new Date('2026-11-25T00:00:00Z'),
        enteredAt: tx.now,
      })
      .execute();
  });
  db.clock.now = new Date('2026-11-24T08:31:00Z');
  await watchCommitments(db.transact);
  expect(await ownerOf(caseFileId)).toBe(world.chloe);
});

test('ten watchers at once break a commitment once', async () => {
  const { caseFileId } = await openMatter();
  db.clock.now = new Date('2026-11-24T08:31:00Z');
  await Promise.all(Array.from({ length: 10 }, () => watchCommitments(db.transact)));
  expect(await commitmentsOf(caseFileId)).toHaveLength(2);
});
