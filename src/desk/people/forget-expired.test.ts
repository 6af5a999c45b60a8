import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { keepPendingMessage } from '../interactions/pending-messages.ts';
import { forgetExpired } from './forget-expired.ts';

const db = testDatabase();
let world: World;
beforeAll(async () => {
  world = await buildWorld(db);
});

const write = (text: string) =>
  db.transact((tx) =>
    keepPendingMessage(tx, {
      advisorId: world.ana,
      locale: 'fr',
      mail: 'someone@example.org',
      phone: null,
      name: 'Quelqu’un',
      communeInsee: null,
      text,
      contentHash: createHash('sha256').update(text).digest(),
      attachments: [],
    }),
  );
const texts = async () =>
  (await db.database.kysely.selectFrom('pendingMessage').select('text').execute()).map((row) => row.text);

test('a message nobody confirmed is forgotten once its link no longer works, and not before', async () => {
  await write('ancien');
  db.clock.now = new Date(db.clock.now.getTime() + 5 * 86_400_000);
  await write('récent');
  await db.transact(forgetExpired);
  expect(await texts()).toEqual(['ancien', 'récent']);
  db.clock.now = new Date(db.clock.now.getTime() + 4 * 86_400_000);
  expect(await db.transact(forgetExpired)).toBe(1);
  expect(await texts()).toEqual(['récent']);
});
