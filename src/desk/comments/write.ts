import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { announce } from '../alerts/announce.ts';
import { newId } from '../id.ts';
import type { Received } from '../interactions/incoming.ts';
import type { Comment } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { askOperator } from './ask.ts';
import { likenessOf } from './likeness.ts';

/** How long a comment waits for its writer to confirm the address. */
export const confirmDays = 7;
export const MOST_COMMENT = 5_000;
const MOST_LINKS = 2;

export interface NewComment {
  postId: string;
  parentId: string | null;
  locale: 'fr' | 'en';
  name: string;
  mail: string;
  text: string;
  /** A question: it becomes a message to the right advisor once confirmed. */
  asksOperator: boolean;
  answerPublicly: boolean;
  /** The same for every submit of one filled form. */
  contentHash: Buffer;
}

/**
 * Keeps a comment until its writer has confirmed the address; nothing of it is shown before. `again`: this very form was
 * sent before. `spam`: it resembles what a moderator has called spam, and is not kept.
 */
export async function writeComment(
  tx: Tx,
  comment: NewComment,
): Promise<{ kind: 'kept' | 'again'; id: string } | { kind: 'spam' }> {
  const known = await tx.db
    .selectFrom('comment')
    .where('contentHash', '=', comment.contentHash)
    .select('id')
    .executeTakeFirst();
  if (known) return { kind: 'again', id: known.id };
  const likeness = await likenessOf(tx, comment.text);
  if (likeness.spam) return { kind: 'spam' };
  const id = newId();
  const row = await tx.db
    .insertInto('comment')
    .values({ id, ...comment, likenessId: likeness.id, writtenAt: tx.now })
    .onConflict((conflict) => conflict.column('contentHash').doNothing())
    .returning('id')
    .executeTakeFirst();
  // The same form at the same moment: the other one writes the mail.
  return row ? { kind: 'kept', id } : { kind: 'again', id };
}

/**
 * The writer's button: the address is theirs. Then it is shown, or waits for a moderator, and a question reaches the
 * right advisor. Undefined when there is nothing to confirm.
 */
export async function confirmComment(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ shown: boolean; received: Received | null } | undefined> {
  const since = new Date(tx.now.getTime() - confirmDays * 86_400_000);
  const comment = await tx.db
    .updateTable('comment')
    .set({ confirmedAt: tx.now })
    .where('id', '=', id)
    .where('confirmedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .where('writtenAt', '>', since)
    .returning(['id', 'postId', 'mail', 'text', 'likenessId', 'asksOperator'])
    .executeTakeFirst();
  if (!comment) return undefined;
  const heldWhy = await whyHeld(tx, comment);
  await tx.write(
    tx.db
      .updateTable('comment')
      .set(heldWhy ? { heldWhy } : { shownAt: tx.now })
      .where('id', '=', id),
  );
  await tx.record({ type: 'comment.confirmed', facts: { commentId: id, held: heldWhy ?? '' } });
  if (!heldWhy) await announce(tx, { postId: comment.postId, commentId: id });
  return { shown: !heldWhy, received: comment.asksOperator ? await askOperator(tx, actor, id) : null };
}

interface Confirmed {
  id: string;
  mail: string | null;
  text: string;
  likenessId: string | null;
}

/** Why a moderator reads it first: the operator's choice, links, likeness to others, or a writer nobody has read yet. */
async function whyHeld(tx: Tx, { id, mail, text, likenessId }: Confirmed): Promise<Comment['heldWhy']> {
  if ((text.match(/https?:|www\./gi) ?? []).length > MOST_LINKS) return 'links';
  const { rows } = await sql<{ seen: number | null; when: string; read: boolean }>`
    select (select seen from likeness where id = ${likenessId}) as seen,
      (select moderate_comments from operator) as when,
      exists (select from comment where mail = ${mail} and id <> ${id} and shown_at is not null and hidden_at is null) as read`.execute(
    tx.db,
  );
  const [known] = rows;
  if ((known?.seen ?? 0) > 1) return 'alike';
  if (known?.when !== 'after') return 'before';
  return known.read ? null : 'first';
}

/** Deletes comments that nobody confirmed in time. Returns how many. */
export async function forgetUnconfirmedComments(tx: Tx): Promise<number> {
  const before = new Date(tx.now.getTime() - (confirmDays + 1) * 86_400_000);
  const { numDeletedRows } = await tx.db
    .deleteFrom('comment')
    .where('confirmedAt', 'is', null)
    .where('byStaff', 'is', null)
    .where('writtenAt', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
