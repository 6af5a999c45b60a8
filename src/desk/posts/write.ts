import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { isDemo } from '../operator.ts';
import type { Tx } from '../tx.ts';
import { isOperatorGenre, type OperatorGenre } from './genre.ts';
import { checkPost, type PostInput, type PostProblem, writtenTexts } from './post-input.ts';
import { freeSlug } from './slug.ts';

export type Kept = { ok: true; id: string; slug: string } | { ok: false; problems: PostProblem[] };

/** Keeps a new post as a draft. Every door leads through here: what an account of the operator may not publish stops here. */
export async function draftPost(tx: Tx, actor: Actor, input: PostInput, id: string = newId()): Promise<Kept> {
  const checked = await check(tx, input);
  if ('problems' in checked) return { ok: false, problems: checked.problems };
  const slug = await freeSlug(tx, writtenTexts(input)[0]?.title ?? '', id);
  await tx.db
    .insertInto('post')
    .values({
      id,
      slug,
      authorStaff: staffIdOf(actor),
      ...(await columnsOf(tx, actor, input, checked)),
      madeAt: tx.now,
      demo: await isDemo(tx.db),
    })
    .execute();
  await setCommunes(tx, id, input);
  await addVersions(tx, actor, id, input, null);
  await tx.record({ type: 'post.drafted', facts: { postId: id, genre: checked.genre } });
  return { ok: true, id, slug };
}

/**
 * Rewrites a post. What readers have already seen changes only with a correction that says what was put right; the
 * earlier text stays readable. Undefined when there is no such post, or it was withdrawn.
 */
export async function rewritePost(tx: Tx, actor: Actor, id: string, input: PostInput): Promise<Kept | undefined> {
  const post = await tx.db
    .selectFrom('post')
    .where('id', '=', id)
    .where('voiceId', 'is', null)
    .where('withdrawnAt', 'is', null)
    .select(['id', 'slug', 'publishAt', 'genre', 'paidBy'])
    .forUpdate()
    .executeTakeFirst();
  if (!post) return undefined;
  const seen = post.publishAt !== null && post.publishAt <= tx.now;
  const checked = await check(tx, input, post.slug);
  if ('problems' in checked) return { ok: false, problems: checked.problems };
  const changed =
    (await textChanged(tx, id, input)) || post.genre !== checked.genre || (post.paidBy ?? '') !== input.paidBy.trim();
  if (seen && changed && !input.correction.trim()) return { ok: false, problems: ['correction'] };
  await tx.db
    .updateTable('post')
    .set(await columnsOf(tx, actor, input, checked))
    .where('id', '=', id)
    .execute();
  await setCommunes(tx, id, input);
  if (changed) await addVersions(tx, actor, id, input, seen ? input.correction.trim() : null);
  if (seen && changed) await tx.record({ type: 'post.corrected', facts: { postId: id } });
  return { ok: true, id, slug: post.slug };
}

interface Checked {
  genre: OperatorGenre;
  answersPostId: string | null;
}

/** The rules of a post in itself, then what only the database knows. */
async function check(tx: Tx, input: PostInput, ownSlug?: string): Promise<Checked | { problems: PostProblem[] }> {
  const problems = checkPost(input);
  const answered = input.genre === 'right-of-reply' ? await answeredPost(tx, input.answers, ownSlug) : null;
  if (answered === undefined && !problems.includes('answers')) problems.push('answers');
  if (!(await areCommunes(tx, input.communes))) problems.push('commune');
  if (problems.length > 0 || !isOperatorGenre(input.genre)) return { problems };
  return { genre: input.genre, answersPostId: answered ?? null };
}

/** Accepts the post's address as it was copied from the browser, too. */
async function answeredPost({ db }: Tx, typed: string, ownSlug: string | undefined): Promise<string | undefined> {
  const slug = typed
    .trim()
    .replace(/^.*\/posts\//, '')
    .replace(/[/?#].*$/, '');
  const found = await db.selectFrom('post').where('slug', '=', slug).select(['id', 'slug']).executeTakeFirst();
  return found && found.slug !== ownSlug ? found.id : undefined;
}

async function areCommunes({ db }: Tx, insee: readonly string[]): Promise<boolean> {
  if (insee.length === 0) return true;
  const found = await db.selectFrom('commune').where('insee', 'in', insee).select('insee').execute();
  return found.length === new Set(insee).size;
}

async function columnsOf(tx: Tx, actor: Actor, input: PostInput, { genre, answersPostId }: Checked) {
  const { source, date, licence, link } = input.clipping;
  return {
    genre,
    answersPostId,
    authorName: input.authorName.trim() || (await accountName(tx, actor)),
    paidBy: input.paidBy.trim() || null,
    wholeTerritory: input.wholeTerritory,
    commentsOpen: input.commentsOpen,
    clipSource: source || null,
    clipDate: date || null,
    clipLicence: licence || null,
    clipLink: link || null,
  };
}

/** Whoever writes; for programs the operator itself. */
async function accountName({ db }: Tx, actor: Actor): Promise<string> {
  const staffId = staffIdOf(actor);
  const staff = staffId
    ? await db.selectFrom('staff').where('id', '=', staffId).select('name').executeTakeFirst()
    : undefined;
  const found = staff ?? (await db.selectFrom('operator').select('name').executeTakeFirst());
  return found?.name ?? 'Visavis';
}

async function setCommunes({ db }: Tx, postId: string, { communes }: PostInput): Promise<void> {
  await db.deleteFrom('postCommune').where('postId', '=', postId).execute();
  const rows = [...new Set(communes)].map((communeInsee) => ({ postId, communeInsee }));
  if (rows.length > 0) await db.insertInto('postCommune').values(rows).execute();
}

async function textChanged({ db }: Tx, postId: string, input: PostInput): Promise<boolean> {
  for (const text of writtenTexts(input)) {
    const before = await db
      .selectFrom('postVersion')
      .where('postId', '=', postId)
      .where('locale', '=', text.locale)
      .select(['title', 'markdown'])
      .orderBy('writtenAt', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirst();
    if (before?.title !== text.title.trim() || before.markdown !== text.markdown) return true;
  }
  return false;
}

async function addVersions(tx: Tx, actor: Actor, postId: string, input: PostInput, correction: string | null) {
  await tx.db
    .insertInto('postVersion')
    .values(
      writtenTexts(input).map(({ locale, title, markdown }) => ({
        id: newId(),
        postId,
        locale,
        title: title.trim(),
        markdown,
        correction,
        writtenAt: tx.now,
        byStaff: staffIdOf(actor),
      })),
    )
    .execute();
}
