import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { plantDemo } from './plant.ts';

const db = testDatabase();
const events = 50;

it('an event costs a few look-ups, also when statistics were gathered in the middle of an import', async () => {
  const undone = db.transact(async (tx) => {
    await plantDemo(tx, { now: tx.now, seed: 39, customers: 300 });
    // Autoanalyze does this to whoever imports for longer than a minute: it sees full tables without one committed row.
    await db.database.pool.query('analyze');
    const { rows: before } = await readRows.execute(tx.db);
    await sql`insert into event (at, type, customer_id, advisor_id, facts)
              select now(), 'interaction.sent', id, advisor_id, '{}' from customer order by id limit ${events}`.execute(
      tx.db,
    );
    const { rows: after } = await readRows.execute(tx.db);
    // There are more than a thousand areas alone; a join in the wrong order read 350,000 rows an event.
    expect((after[0]?.read ?? 0) - (before[0]?.read ?? 0)).toBeLessThan(events * 1_000);
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
}, 60_000);

const readRows = sql<{ read: number }>`
  select sum(seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables
  where relname in ('customer', 'tenure', 'area', 'advisor', 'backup')`;
