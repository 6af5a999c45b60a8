import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { isDemo } from '../operator.ts';
import type { Tx } from '../tx.ts';

export interface NewVoice {
  url: string;
  /** Empty: the feed's own title, once it was read. */
  name: string;
  communeInsee: string | null;
}

/** Adds an outside voice by the address of its feed. It is read soon after. */
export async function addVoice(
  tx: Tx,
  actor: Actor,
  { url, name, communeInsee }: NewVoice,
): Promise<{ ok: true; id: string } | { ok: false; why: 'known' | 'url' }> {
  const address = url.trim();
  if (!/^https?:\/\/[^/\s]+\S*$/.test(address) || !URL.canParse(address) || address.length > 2_000)
    return { ok: false, why: 'url' };
  const values = {
    name: name.trim().slice(0, 200) || new URL(address).hostname,
    communeInsee,
    addedAt: tx.now,
    addedBy: staffIdOf(actor),
    nextFetchAt: tx.now,
    removedAt: null,
    removedBy: null,
  };
  const row = await tx.db
    .insertInto('voice')
    .values({ id: newId(), url: new URL(address).href, demo: await isDemo(tx.db), ...values })
    .onConflict((conflict) => conflict.column('url').doUpdateSet(values).where('voice.removedAt', 'is not', null))
    .returning('id')
    .executeTakeFirst();
  if (!row) return { ok: false, why: 'known' };
  await tx.enqueue('fetch-voices', { id: row.id });
  return { ok: true, id: row.id };
}

/** Stops showing a voice. False when there is none. */
export async function removeVoice(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  const row = await tx.db
    .updateTable('voice')
    .set({ removedAt: tx.now, removedBy: staffIdOf(actor) })
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
