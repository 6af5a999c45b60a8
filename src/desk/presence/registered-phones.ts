import type { Tx } from '../tx.ts';

/** A phone registered, or is gone: its advisor is not rung first, nor held for, where nothing can ring. */
export async function notePhone(tx: Tx, number: string, there: boolean): Promise<void> {
  const changed = await tx.db
    .insertInto('registeredPhone')
    .values({ number, there, since: tx.now })
    .onConflict((conflict) =>
      conflict.column('number').doUpdateSet({ there, since: tx.now }).where('registeredPhone.there', '!=', there),
    )
    .returning('number')
    .executeTakeFirst();
  if (!changed) return;
  const owner = await tx.db
    .selectFrom('advisor')
    .where('phone', '=', number)
    .where('leftAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  const type = there ? 'presence.phone_there' : 'presence.phone_gone';
  if (owner) await tx.record({ type, advisorId: owner.id });
}

/** What was told of a phone since then stands above a list that was made at the same time. */
const FRESH_MS = 5_000;

/** All phones that are registered now: what was told of them while nobody listened is caught up with. */
export async function notePhones(tx: Tx, there: ReadonlySet<string>): Promise<void> {
  const known = await tx.db.selectFrom('registeredPhone').selectAll().execute();
  const before = new Map(known.map((each) => [each.number, each]));
  const isFresh = (number: string) => {
    const since = before.get(number)?.since;
    return since !== undefined && tx.now.getTime() - since.getTime() < FRESH_MS;
  };
  for (const number of new Set([...there, ...before.keys()])) {
    const isThere = there.has(number);
    if (before.get(number)?.there !== isThere && !isFresh(number)) await notePhone(tx, number, isThere);
  }
}

/** The phones are elsewhere now: nothing is known of who is there. */
export async function forgetPhones(tx: Tx): Promise<void> {
  await tx.db.deleteFrom('registeredPhone').execute();
}
