import type { Kysely } from 'kysely';
import type { Action } from '../held-actions/action.ts';
import type { DB } from '../tables.ts';

export interface HeldAction {
  id: string;
  staffId: string;
  staffName: string;
  action: Action;
  madeAt: Date;
  runsAt: Date;
  /** Why it could not happen; null while it waits. */
  refusal: string | null;
}

/** What a person did that has not happened yet, and what was refused and not read yet. */
export async function heldActionsOf(db: Kysely<DB>, staffId: string): Promise<HeldAction[]> {
  return read(db, (query) =>
    query.where('heldAction.staffId', '=', staffId).where('undoneAt', 'is', null).where('refusalSeenAt', 'is', null),
  );
}

/** What is about to happen on a customer's case files, whoever did it. */
export async function heldActionsAt(db: Kysely<DB>, customerId: string): Promise<HeldAction[]> {
  return read(db, (query) =>
    query.where('heldAction.customerId', '=', customerId).where('undoneAt', 'is', null).where('refusedAt', 'is', null),
  );
}

type Query = ReturnType<typeof base>;

function base(db: Kysely<DB>) {
  return db
    .selectFrom('heldAction')
    .innerJoin('staff', 'staff.id', 'heldAction.staffId')
    .where('doneAt', 'is', null)
    .orderBy('madeAt')
    .select(['heldAction.id', 'staffId', 'staff.name as staffName', 'input', 'madeAt', 'runsAt', 'refusal']);
}

async function read(db: Kysely<DB>, narrow: (query: Query) => Query): Promise<HeldAction[]> {
  const rows = await narrow(base(db)).execute();
  return rows.map(({ input, ...row }) => ({ ...row, action: input as unknown as Action }));
}
