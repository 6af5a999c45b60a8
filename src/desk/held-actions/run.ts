import type { Actor } from '../actor.ts';
import { discardDraft } from '../drafts/drafts.ts';
import type { Transact, Tx } from '../tx.ts';
import type { Action, Refusal } from './action.ts';
import { carryOut } from './carry-out.ts';

/**
 * Carries out a held action whose time has come, once, after the earlier ones of the same person on the same case file.
 * What cannot be done is kept with the reason, for its author to read.
 */
export async function runHeldAction(transact: Transact, id: string): Promise<void> {
  const earlier = await transact((tx) => earlierThan(tx, id));
  for (const each of [...earlier, id]) await runOne(transact, each);
}

async function earlierThan(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('heldAction as this')
    .innerJoin('heldAction as earlier', (join) =>
      join.onRef('earlier.caseFileId', '=', 'this.caseFileId').onRef('earlier.staffId', '=', 'this.staffId'),
    )
    .where('this.id', '=', id)
    .whereRef('earlier.madeAt', '<', 'this.madeAt')
    .where('earlier.doneAt', 'is', null)
    .where('earlier.undoneAt', 'is', null)
    .where('earlier.refusedAt', 'is', null)
    .orderBy('earlier.madeAt')
    .select('earlier.id')
    .execute();
  return rows.map((row) => row.id);
}

class Stopped extends Error {
  readonly why: Refusal;
  constructor(why: Refusal) {
    super(why);
    this.why = why;
  }
}

async function runOne(transact: Transact, id: string): Promise<void> {
  try {
    await transact((tx) => runLocked(tx, id));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    await transact((tx) => refuse(tx, id, error.why));
  }
}

async function runLocked(tx: Tx, id: string): Promise<void> {
  const held = await tx.db
    .selectFrom('heldAction')
    .innerJoin('staff', 'staff.id', 'heldAction.staffId')
    .where('heldAction.id', '=', id)
    .where('doneAt', 'is', null)
    .where('undoneAt', 'is', null)
    .where('refusedAt', 'is', null)
    .select(['staffId', 'input', 'madeAt', 'staff.role', 'staff.advisorId', 'staff.leftAt'])
    .forUpdate('heldAction')
    .executeTakeFirst();
  if (!held) return;
  const { staffId, role, advisorId, madeAt } = held;
  const actor: Actor = { kind: 'staff', staffId, role, advisorId };
  const action = held.input as unknown as Action;
  // It counts from when the person did it: a promise kept in its last seconds was kept in time.
  const why = held.leftAt ? 'not_allowed' : await carryOut({ ...tx, now: madeAt }, actor, action);
  // Whatever a refused command had already written is undone with this transaction.
  if (why) throw new Stopped(why);
  if (action.kind === 'reply' || action.kind === 'note') await discardSame(tx, staffId, action);
  await tx.db.updateTable('heldAction').set({ doneAt: tx.now, input: '{}' }).where('id', '=', id).execute();
}

/** The draft goes away with what it became, unless something else has been written since. */
async function discardSame(
  tx: Tx,
  staffId: string,
  action: Extract<Action, { kind: 'reply' | 'note' }>,
): Promise<void> {
  const draft = await tx.db
    .selectFrom('draft')
    .where('staffId', '=', staffId)
    .where('caseFileId', '=', action.caseFileId)
    .where('kind', '=', action.kind)
    .select('text')
    .executeTakeFirst();
  if (draft?.text === action.text) await discardDraft(tx, staffId, action);
}

async function refuse(tx: Tx, id: string, why: Refusal): Promise<void> {
  const refused = await tx.db
    .updateTable('heldAction')
    .set({ refusedAt: tx.now, refusal: why })
    .where('id', '=', id)
    .where('doneAt', 'is', null)
    .where('undoneAt', 'is', null)
    .returning(['customerId', 'caseFileId'])
    .executeTakeFirst();
  if (refused) await tx.record({ type: 'action.refused', ...refused, facts: { heldActionId: id, why } });
}
