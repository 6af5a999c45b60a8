import { longDay } from '../../../core/text/dates.ts';
import type { ShownComment, Thread } from '../../../desk/views/comments.ts';
import type { WholePost } from '../../../desk/views/post.ts';
import type { Scene } from '../../ui/page.tsx';
import { type FeedLink, FeedLinks } from '../posts/feed-links.tsx';

/** Threads on one page of a post. */
export const THREADS = 40;

interface CommentsProps {
  scene: Scene;
  post: Pick<WholePost, 'id' | 'slug' | 'commentsOpen'>;
  threads: readonly Thread[];
  /** Of all pages. */
  count: number;
  page: number;
  feed: FeedLink;
}

/** What readers say about a post, the operator's answers marked, and the ways to say something and to follow. */
export function Comments({ scene, post, threads, count, page, feed }: CommentsProps) {
  const { say, locale } = scene;
  const here = `/${locale}/posts/${post.slug}`;
  return (
    <section aria-labelledby="comments" id="said">
      <h2 id="comments">{say('commentsTitle')}</h2>
      {threads.length === 0 ? <p>{say('commentsEmpty')}</p> : null}
      <ol class="comments">
        {threads.map((thread) => (
          <li key={thread.id} id={`c-${thread.id}`}>
            <One
              scene={scene}
              comment={thread}
              reply={post.commentsOpen ? `${here}/comment?reply=${thread.id}` : null}
            />
            {thread.replies.length > 0 ? (
              <ol>
                {thread.replies.map((reply) => (
                  <li key={reply.id} id={`c-${reply.id}`}>
                    <One scene={scene} comment={reply} reply={null} />
                  </li>
                ))}
              </ol>
            ) : null}
          </li>
        ))}
      </ol>
      <Pages scene={scene} here={here} page={page} count={count} />
      {post.commentsOpen ? (
        <p class="buttons no-print">
          <a class="button" href={`${here}/comment`}>
            {say('commentWrite')}
          </a>
        </p>
      ) : (
        <p>{say('commentsClosed')}</p>
      )}
      <h3 class="follow no-print">{say('commentsFollow')}</h3>
      <FeedLinks scene={scene} feed={feed} />
      <p class="no-print">
        <a href={`/${locale}/alerts?post=${post.slug}`}>{say('alertCommentsLink')}</a>
        <br />
        <a href={`/${locale}/removed`}>{say('removedLink')}</a>
      </p>
    </section>
  );
}

function One({ scene, comment, reply }: { scene: Scene; comment: ShownComment; reply: string | null }) {
  const { say, locale, operator, now, style } = scene;
  const { id, name, text, at, editedAt, ours } = comment;
  return (
    <article class={ours ? 'ours' : undefined}>
      <p class="said-by">
        <strong>
          <bdi>{ours ? say('commentOurs', { name, operator: operator.name }) : name}</bdi>
        </strong>
        <span class="soft">
          {longDay(at, now, style)}
          {editedAt ? `, ${say('commentEdited')}` : ''}
        </span>
      </p>
      <p class="words" dir="auto">
        {text}
      </p>
      <p class="links no-print">
        {reply ? (
          <a href={reply}>
            {say('commentReply')} <span class="unseen">{name}</span>
          </a>
        ) : null}
        {ours ? null : (
          <a href={`/${locale}/comments/${id}/report`} rel="nofollow">
            {say('commentReport')} <span class="unseen">{name}</span>
          </a>
        )}
      </p>
    </article>
  );
}

function Pages({ scene: { say }, here, page, count }: { scene: Scene; here: string; page: number; count: number }) {
  const last = Math.ceil(count / THREADS);
  if (last <= 1) return null;
  return (
    <nav aria-label={say('commentsPages')}>
      <ul class="links">
        {page > 1 ? (
          <li>
            <a href={`${here}?page=${page - 1}#said`}>{say('commentsBefore')}</a>
          </li>
        ) : null}
        <li class="soft">{say('commentsPage', { page, last })}</li>
        {page < last ? (
          <li>
            <a href={`${here}?page=${page + 1}#said`}>{say('commentsAfter')}</a>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}
