import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';

/** Writes an internal note: only the staff ever sees it. Undefined when the case file does not exist or nothing is said. */
export async function addNote(
  tx: Tx,
  actor: Actor,
  input: { caseFileId: string; text: string },
): Promise<{ id: string } | undefined> {
  const text = input.text.trim();
  const caseFile = await tx.db
    .selectFrom('caseFile')
    .where('id', '=', input.caseFileId)
    .select(['id', 'customerId', 'ownerId'])
    .executeTakeFirst();
  if (!text || !caseFile) return undefined;
  const id = newId();
  await tx.db
    .insertInto('note')
    .values({
      id,
      customerId: caseFile.customerId,
      caseFileId: caseFile.id,
      at: tx.now,
      byStaff: staffIdOf(actor),
      text,
    })
    .execute();
  await tx.db
    .deleteFrom('draft')
    .where('caseFileId', '=', caseFile.id)
    .where('staffId', '=', staffIdOf(actor))
    .where('kind', '=', 'note')
    .execute();
  await tx.record({
    type: 'note.added',
    customerId: caseFile.customerId,
    advisorId: caseFile.ownerId,
    caseFileId: caseFile.id,
    facts: { noteId: id },
  });
  return { id };
}
