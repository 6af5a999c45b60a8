import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';

const NEVER = new Date(0);

/** When the posts, or the comments of one post or of all, last changed for readers: also by being taken away. */
export async function postsChangedAt(db: Kysely<DB>, now: Date): Promise<Date> {
  const { rows } = await sql<{ at: Date | null }>`
    select greatest(max(publish_at) filter (where publish_at <= ${now}), max(withdrawn_at),
      (select max(written_at) from post_version), (select max(greatest(shown_at, hidden_at, withdrawn_at)) from comment)) as at
    from post`.execute(db);
  return rows[0]?.at ?? NEVER;
}

export async function commentsChangedAt(db: Kysely<DB>, postId?: string): Promise<Date> {
  const which = postId ? sql`where post_id = ${postId}` : sql``;
  const { rows } = await sql<{ at: Date | null }>`
    select max(greatest(shown_at, hidden_at, withdrawn_at, edited_at)) as at from comment ${which}`.execute(db);
  return rows[0]?.at ?? NEVER;
}
