import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { saveDraft } from '../drafts/drafts.ts';
import type { Transact, Tx } from '../tx.ts';
import type { Action, Refusal } from './action.ts';
import { carryOut } from './carry-out.ts';

/** How long an action can be undone before it happens. */
export const HOLD_MS = 10_000;

export type Held = { ok: true; runsAt: Date } | { ok: false; why: Refusal };
type Staff = Extract<Actor, { kind: 'staff' }>;

/**
 * Stores an action that happens in ten seconds unless it is undone. It is tried out first and the trial undone, so that
 * a refusal comes at once. The same id again changes nothing.
 */
export async function holdAction(
  transact: Transact,
  actor: Staff,
  input: { id: string; action: Action },
): Promise<Held> {
  const why = await tryOut(transact, actor, input.action);
  if (why) return { ok: false, why };
  return transact(async (tx) => {
    const { action } = input;
    const runsAt = new Date(tx.now.getTime() + HOLD_MS);
    const stored = await tx.db
      .insertInto('heldAction')
      .values({
        id: input.id,
        staffId: actor.staffId,
        customerId: 'customerId' in action ? action.customerId : null,
        caseFileId: 'caseFileId' in action ? action.caseFileId : null,
        trayItemId: 'trayItemId' in action ? action.trayItemId : null,
        kind: action.kind,
        input: JSON.stringify(action),
        madeAt: tx.now,
        runsAt,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (stored) await tx.enqueue('carry-out-action', { id: input.id }, runsAt);
    return { ok: true, runsAt };
  });
}

/** Undoes an action of one's own that has not happened yet; what was written becomes a draft again. False: too late. */
export async function undoAction(tx: Tx, actor: Staff, id: string): Promise<boolean> {
  const undone = await tx.db
    .updateTable('heldAction')
    .set({ undoneAt: tx.now })
    .where('id', '=', id)
    .where('staffId', '=', actor.staffId)
    .where('doneAt', 'is', null)
    .where('undoneAt', 'is', null)
    .where('refusedAt', 'is', null)
    .returning('input')
    .executeTakeFirst();
  if (!undone) return false;
  const action = undone.input as unknown as Action;
  if (action.kind === 'reply' || action.kind === 'note') await saveDraft(tx, actor.staffId, action);
  await tx.db.updateTable('heldAction').set({ input: '{}' }).where('id', '=', id).execute();
  return true;
}

/** Says that its author has read why an action could not be carried out. */
export async function seeRefusal(tx: Tx, actor: Staff, id: string): Promise<void> {
  await tx.db
    .updateTable('heldAction')
    .set({ refusalSeenAt: tx.now, input: '{}' })
    .where('id', '=', id)
    .where('staffId', '=', actor.staffId)
    .where('refusedAt', 'is not', null)
    .execute();
}

class Trial extends Error {
  readonly why: Refusal | null;
  constructor(why: Refusal | null) {
    super('a trial is always undone');
    this.why = why;
  }
}

async function tryOut(transact: Transact, actor: Staff, action: Action): Promise<Refusal | null> {
  try {
    return await transact(async (tx) => {
      const why = await carryOut(tx, actor, action);
      if (!why) await sql`set constraints all immediate`.execute(tx.db);
      throw new Trial(why);
    });
  } catch (error) {
    if (error instanceof Trial) return error.why;
    throw error;
  }
}
