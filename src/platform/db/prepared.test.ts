import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { DB } from '../../desk/tables.ts';
import { prepared } from './prepared.ts';

const db = testDatabase();

test('is built once, and every run puts its own values in, also one that is given twice', async () => {
  let built = 0;
  const communes = prepared((kysely: Kysely<DB>, given: { insee: string; name: string }) => {
    built += 1;
    return kysely
      .selectFrom('commune')
      .where((eb) => eb.or([eb('insee', '=', given.insee), eb('name', '=', given.name), eb('insee', '=', given.insee)]))
      .select(['insee', 'searchName'])
      .orderBy('insee');
  });
  const { kysely } = db.database;
  expect(await communes(kysely, { insee: '39478', name: '' })).toEqual([
    { insee: '39478', searchName: 'saint claude' },
  ]);
  expect(await communes(kysely, { insee: '25056', name: '' })).toEqual([{ insee: '25056', searchName: 'besancon' }]);
  expect(await communes(kysely, { insee: 'none', name: 'none' })).toEqual([]);
  expect(built).toBe(1);
});

test('values are never part of the text', async () => {
  const length = prepared(
    (_: Kysely<DB>, given: { text: string }) => sql<{ length: number }>`select length(${given.text}::text) as length`,
  );
  const nasty = "'; drop table customer; --";
  expect(await length(db.database.kysely, { text: nasty })).toEqual([{ length: nasty.length }]);
  expect(await db.database.kysely.selectFrom('customer').select('id').limit(1).execute()).toBeDefined();
});

test('works in a transaction, and sees what was sent ahead there', async () => {
  const counted = prepared((kysely: Kysely<DB>, given: { code: string }) =>
    kysely.selectFrom('serviceLevel').where('code', '=', given.code).select('answerWithinMinutes'),
  );
  const seen = await db.transact(async (tx) => {
    await tx.insert('serviceLevel', { code: 'test', nameFr: 'Essai', nameEn: 'Test', answerWithinMinutes: 7 });
    return counted(tx.db, { code: 'test' });
  });
  expect(seen).toEqual([{ answerWithinMinutes: 7 }]);
});
