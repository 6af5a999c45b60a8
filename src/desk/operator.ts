import type { Kysely } from 'kysely';
import type { DB } from './tables.ts';

/** Whether the operator is the demo's: then whatever is added is part of the demo and goes with it. */
export async function isDemo(db: Kysely<DB>): Promise<boolean> {
  const operator = await db.selectFrom('operator').select('demo').executeTakeFirst();
  return operator?.demo ?? false;
}
