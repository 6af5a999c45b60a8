import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { buildWorld } from '../../test/world.ts';
import { importPosts } from './import-posts.ts';

const db = testDatabase();
beforeAll(async () => {
  await buildWorld(db);
});
const row = (values: Record<string, string>) => ({
  line: 2,
  values: { genre: 'notice', title: 'Travaux', markdown: 'Lundi.', ...values },
});
const take = (values: Record<string, string>) =>
  db.transact((tx) => importPosts(tx, [row(values)], 'en', () => undefined));
const slugs = async () =>
  await db.database.kysely.selectFrom('post').select(['slug', 'publishAt']).orderBy('slug').execute();

test('an import keeps posts as drafts, or publishes them at their time', async () => {
  expect(await take({})).toEqual([]);
  expect(await take({ title: 'Daté', published_at: '2026-11-01T08:00:00+01:00', communes: '39478|25056' })).toEqual([]);
  expect(await slugs()).toEqual([
    { slug: 'date', publishAt: new Date('2026-11-01T07:00:00Z') },
    { slug: 'travaux', publishAt: null },
  ]);
  // Nobody is sent a mail about an archive.
  expect(await db.database.kysely.selectFrom('alertEvent').select('id').execute()).toEqual([]);
});

test.each([
  [{ genre: 'reporting' }, 'cannot sign reporting'],
  [{ genre: '' }, 'Choose a genre'],
  [{ genre: 'sponsored' }, 'Say who paid'],
  [{ genre: 'press-review', clip_source: 'Un journal' }, 'source, date, licence and link'],
  [{ communes: '99999' }, 'commune cannot be found'],
  [{ published_at: 'hier' }, 'cannot be read'],
])('an import of %j is refused in words, and keeps nothing', async (values: Record<string, string>, sentence) => {
  const before = await slugs();
  const [problem] = await take(values);
  expect(problem).toMatchObject({ line: 2, problem: expect.stringContaining(sentence) });
  expect(await slugs()).toEqual(before);
});
