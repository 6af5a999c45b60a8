import { sql } from 'kysely';
import { simhash } from '../../core/text/simhash.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';

/** Bits of 64 that may differ between two fillings of one template; unrelated texts differ in about 32. */
const NEAR = 9;
const LOOKED_AT = 2_000;

export interface Likeness {
  id: string;
  /** How many resembled each other so far, this one included. */
  seen: number;
  spam: boolean;
}

/** Which earlier comments this text resembles; a text like no other begins a likeness of its own. */
export async function likenessOf(tx: Tx, text: string): Promise<Likeness> {
  const bits = simhash(text);
  // To the hour: in a flood, moving one row in its index ten thousand times would cost more than all the rest.
  const hourAgo = new Date(tx.now.getTime() - 3_600_000);
  const { rows } = await sql<{ id: string; seen: number; spam: boolean }>`
    update likeness set seen = seen + 1,
      last_seen_at = case when last_seen_at < ${hourAgo} then ${tx.now} else last_seen_at end
    where id = (
      select id from (select id, simhash from likeness order by last_seen_at desc limit ${LOOKED_AT}) as lately
      where bit_count(simhash # ${bits}::bit(64)) <= ${NEAR}
      order by bit_count(simhash # ${bits}::bit(64)) limit 1)
    returning id, seen, spam_since is not null as spam`.execute(tx.db);
  if (rows[0]) return rows[0];
  const id = newId();
  await tx.db.insertInto('likeness').values({ id, simhash: bits, lastSeenAt: tx.now }).execute();
  return { id, seen: 1, spam: false };
}
