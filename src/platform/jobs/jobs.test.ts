import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';

const db = testDatabase();

test('a job that fails is tried again by itself; the others of its batch are done once', async () => {
  const done: number[] = [];
  let failures = 0;
  await db.jobs.work([
    {
      name: 'sweep',
      concurrency: 1,
      batch: 4,
      run: async ({ n }) => {
        if (n === 2 && failures === 0) {
          failures += 1;
          throw new Error('not today');
        }
        done.push(Number(n));
      },
    },
  ]);
  await db.transact(async (tx) => {
    for (let n = 0; n < 10; n++) await tx.enqueue('sweep', { n });
  });
  await expect.poll(() => done.length, { timeout: 20_000 }).toBe(10);
  expect(done.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(failures).toBe(1);
});

test('a job exists exactly when its transaction commits', async () => {
  const failed = db.transact(async (tx) => {
    await tx.enqueue('watch-absences', { id: 'undone' });
    throw new Error('undone');
  });
  await expect(failed).rejects.toThrow('undone');
  await db.transact((tx) => tx.enqueue('watch-absences', { id: 'kept' }));
  const { rows } = await db.database.pool.query(`select data from pgboss.job where name = 'watch-absences'`);
  expect(rows).toEqual([{ data: { id: 'kept' } }]);
});
