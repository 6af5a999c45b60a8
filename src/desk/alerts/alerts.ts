import { type Kysely, sql } from 'kysely';
import { newId } from '../id.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

/** What someone wants to hear of: one commune, the comments of one post, or everything. */
export interface NewAlert {
  mail: string;
  locale: 'fr' | 'en';
  communeInsee: string | null;
  postId: string | null;
}

/** Keeps a wish for alerts until the address has confirmed it. Asked for again, it is the same one. Returns its id. */
export async function askForAlert(tx: Tx, alert: NewAlert): Promise<string> {
  const row = await tx.db
    .insertInto('alert')
    .values({ id: newId(), ...alert, askedAt: tx.now })
    .onConflict((conflict) =>
      conflict
        .expression(sql`mail, coalesce(commune_insee, ''), coalesce(post_id, '00000000-0000-0000-0000-000000000000')`)
        .doUpdateSet({ locale: alert.locale, askedAt: tx.now }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The button: from now on mail is sent. False when there is nothing of that id. */
export async function confirmAlert(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.db
    .updateTable('alert')
    .set({ confirmedAt: tx.now, endedAt: null })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** One click, and no more mail; done again it changes nothing. */
export async function endAlert(tx: Tx, id: string): Promise<void> {
  await tx.db.updateTable('alert').set({ endedAt: tx.now }).where('id', '=', id).where('endedAt', 'is', null).execute();
}

/** An alert as its owner sees it through their link. */
export async function readAlert(db: Kysely<DB>, id: string) {
  return db
    .selectFrom('alert')
    .leftJoin('commune', 'commune.insee', 'communeInsee')
    .where('id', '=', id)
    .select(['id', 'mail', 'locale', 'postId', 'commune.name as commune', 'confirmedAt', 'endedAt'])
    .executeTakeFirst();
}

/** Deletes wishes that nobody confirmed within a week, and ended ones after a month. Returns how many. */
export async function forgetAlerts(tx: Tx): Promise<number> {
  const ago = (days: number) => new Date(tx.now.getTime() - days * 86_400_000);
  const { numDeletedRows } = await tx.db
    .deleteFrom('alert')
    .where((eb) =>
      eb.or([
        eb.and([eb('confirmedAt', 'is', null), eb('askedAt', '<', ago(7))]),
        eb.and([eb('endedAt', '<', ago(30)), eb('askedAt', '<', ago(30))]),
      ]),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
