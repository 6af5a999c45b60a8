import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadTerritory } from './load-territory.ts';

const db = testDatabase();

test('all 34,969 communes are there, and loading the same edition again changes nothing', async () => {
  const { rows } = await db.database.pool.query('select count(*) from commune');
  expect(rows[0].count).toBe(34_969);
  expect(await loadTerritory(db.database.pool)).toBe(0);
});
