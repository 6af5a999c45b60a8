import { sql } from 'kysely';
import { type Actor, staffIdOf } from '../actor.ts';
import { announce } from '../alerts/announce.ts';
import { newId } from '../id.ts';
import type { Comment, Moderation } from '../tables.ts';
import type { Tx } from '../tx.ts';

export type Reason = NonNullable<Moderation['reason']>;
export const reasons = [
  'spam',
  'insult',
  'private-data',
  'unlawful',
  'off-topic',
  'advertising',
] as const satisfies Reason[];

/** A comment somebody has decided about, for the mail to its writer. */
export interface Decided {
  id: string;
  postId: string;
  mail: string | null;
  locale: Comment['locale'];
}

export type Verdict =
  | { verdict: 'publish' | 'restore' }
  | { verdict: 'refuse' | 'hide'; reason: Reason; words: string };

/** Which comments: by id, or every waiting one of these likenesses (ten thousand of a text are one decision). */
export interface Which {
  ids: readonly string[];
  likenesses: readonly string[];
}

/**
 * A moderator's decision about any number of comments, each once: publish or refuse what waits, hide what is shown,
 * restore what was hidden. Answers whom to tell. Texts called spam mark their likeness, so that more of it is refused
 * at the door.
 */
export async function moderate(tx: Tx, actor: Actor, which: Which, verdict: Verdict): Promise<Decided[]> {
  const change = changes[verdict.verdict];
  const shown =
    'reason' in verdict ? sql`hidden_at = ${tx.now}` : sql`shown_at = coalesce(shown_at, ${tx.now}), hidden_at = null`;
  const { rows } = await sql<Decided & { wasShown: boolean }>`
    with chosen as (
      select id, shown_at is not null and hidden_at is null as was_shown from comment
      where (id = any(${which.ids}::uuid[]) or (likeness_id = any(${which.likenesses}::uuid[]) and held_why is not null))
        and withdrawn_at is null and by_staff is null and confirmed_at is not null and ${change}
      for update)
    update comment set held_why = null, ${shown} from chosen where comment.id = chosen.id
    returning comment.id, post_id, mail, locale, was_shown`.execute(tx.db);
  if (rows.length === 0) return [];
  await writeDown(tx, actor, rows, verdict);
  await settleReports(tx, actor, rows);
  if ('reason' in verdict) {
    if (verdict.reason === 'spam') await markSpam(tx, rows);
  } else for (const { id, postId } of rows) await announce(tx, { postId, commentId: id });
  return rows;
}

const changes = {
  publish: sql`held_why is not null`,
  refuse: sql`held_why is not null`,
  hide: sql`shown_at is not null and hidden_at is null`,
  restore: sql`hidden_at is not null`,
};

async function writeDown(
  tx: Tx,
  actor: Actor,
  rows: readonly { id: string; wasShown: boolean }[],
  verdict: Verdict,
): Promise<void> {
  const said = 'reason' in verdict ? { reason: verdict.reason, words: verdict.words } : { reason: null, words: '' };
  for (let from = 0; from < rows.length; from += 1_000)
    await tx.db
      .insertInto('moderation')
      .values(
        rows.slice(from, from + 1_000).map(({ id, wasShown }) => ({
          id: newId(),
          commentId: id,
          at: tx.now,
          byStaff: staffIdOf(actor),
          verdict: verdict.verdict,
          wasShown,
          ...said,
        })),
      )
      .execute();
  await tx.record({ type: `comment.${verdict.verdict}`, facts: { count: rows.length, reason: said.reason } });
}

/** Whatever was decided answers the reports that were open. */
async function settleReports(tx: Tx, actor: Actor, rows: readonly { id: string }[]): Promise<void> {
  await tx.db
    .updateTable('commentReport')
    .set({ settledAt: tx.now, settledBy: staffIdOf(actor) })
    .where('settledAt', 'is', null)
    .where('commentId', '=', sql<string>`any(${rows.map(({ id }) => id)}::uuid[])`)
    .execute();
}

async function markSpam(tx: Tx, rows: readonly { id: string }[]): Promise<void> {
  await sql`update likeness set spam_since = coalesce(spam_since, ${tx.now})
    where id in (select likeness_id from comment where id = any(${rows.map(({ id }) => id)}::uuid[]))`.execute(tx.db);
}

/** A report that asks for nothing: the comment stays as it is. */
export async function keepReported(tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> {
  await settleReports(
    tx,
    actor,
    ids.map((id) => ({ id })),
  );
}

/** The operator's choice: read before publication, or after it. */
export async function chooseModeration(tx: Tx, actor: Actor, when: 'before' | 'after'): Promise<void> {
  await tx.db.updateTable('operator').set({ moderateComments: when, changedAt: tx.now }).execute();
  await tx.db
    .insertInto('audit')
    .values({ at: tx.now, staffId: staffIdOf(actor), action: 'choose moderation', facts: JSON.stringify({ when }) })
    .execute();
}
