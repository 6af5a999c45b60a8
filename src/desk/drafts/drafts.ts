import type { Tx } from '../tx.ts';

export interface Draft {
  caseFileId: string;
  kind: 'reply' | 'note';
  text: string;
}

/** Keeps what is being written, one reply and one note per person and case file; an empty text throws it away. */
export async function saveDraft(tx: Tx, staffId: string, draft: Draft): Promise<void> {
  if (draft.text.trim() === '') return discardDraft(tx, staffId, draft);
  const customer = await tx.db
    .selectFrom('caseFile')
    .where('id', '=', draft.caseFileId)
    .select('customerId')
    .executeTakeFirst();
  if (!customer) return;
  const saved = { text: draft.text, savedAt: tx.now };
  await tx.db
    .insertInto('draft')
    .values({ staffId, caseFileId: draft.caseFileId, customerId: customer.customerId, kind: draft.kind, ...saved })
    .onConflict((conflict) => conflict.columns(['staffId', 'caseFileId', 'kind']).doUpdateSet(saved))
    .execute();
}

/** Throws a draft away. */
export async function discardDraft(
  tx: Pick<Tx, 'db'>,
  staffId: string,
  draft: Pick<Draft, 'caseFileId' | 'kind'>,
): Promise<void> {
  await tx.db
    .deleteFrom('draft')
    .where('staffId', '=', staffId)
    .where('caseFileId', '=', draft.caseFileId)
    .where('kind', '=', draft.kind)
    .execute();
}
