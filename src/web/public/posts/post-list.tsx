import { longDay } from '../../../core/text/dates.ts';
import { postSummary } from '../../../core/text/post-html.ts';
import type { ListedPost } from '../../../desk/views/posts.ts';
import type { Scene } from '../../ui/page.tsx';
import type { Say } from '../../ui/words/words.ts';
import { genreLabel } from './label.ts';

/** Posts one under the other, each with its label before its title. */
export function PostList({ scene, posts }: { scene: Scene; posts: readonly ListedPost[] }) {
  return (
    <ol class="posts">
      {posts.map((post) => (
        <li key={post.id}>
          <ListedOne scene={scene} post={post} />
        </li>
      ))}
    </ol>
  );
}

function ListedOne({ scene: { say, locale, now, style }, post }: { scene: Scene; post: ListedPost }) {
  const lang = post.locale === locale ? undefined : post.locale;
  return (
    <article>
      <p class="genre">{genreLabel(say, post)}</p>
      <h2>
        <a href={`/${locale}/posts/${post.slug}`} lang={lang}>
          <bdi>{post.title}</bdi>
        </a>
      </h2>
      <p lang={lang}>
        <bdi>{postSummary(post.markdown)}</bdi>
      </p>
      <p class="soft">
        {say('postBy', { name: post.authorName, date: longDay(post.publishedAt, now, style) })}
        {post.comments > 0 ? ` · ${countOfComments(say, post.comments)}` : ''}
      </p>
    </article>
  );
}

/** "12 commentaires". */
export function countOfComments(say: Say, count: number): string {
  if (count === 0) return say('commentsNone');
  return count === 1 ? say('commentsOne') : say('commentsCount', { count });
}
