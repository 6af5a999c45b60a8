import { longDay } from '../../../core/text/dates.ts';
import { postSummary } from '../../../core/text/post-html.ts';
import { typeset } from '../../../core/text/typeset.ts';
import type { ListedPost } from '../../../desk/views/posts.ts';
import type { Scene } from '../../ui/page.tsx';
import type { Say } from '../../ui/words/words.ts';
import { genreLabel } from './label.ts';

interface PostListProps {
  scene: Scene;
  posts: readonly ListedPost[];
  /** One below the heading this list stands under. */
  heading?: 'h2' | 'h3';
}

/** Posts one under the other, each with its label before its title. */
export function PostList({ scene, posts, heading = 'h2' }: PostListProps) {
  return (
    <ol class="posts">
      {posts.map((post) => (
        <li key={post.id}>
          <ListedOne scene={scene} post={post} heading={heading} />
        </li>
      ))}
    </ol>
  );
}

function ListedOne({ scene, post, heading: Heading }: Required<Omit<PostListProps, 'posts'>> & { post: ListedPost }) {
  const { say, locale, now, style } = scene;
  const lang = post.locale === locale ? undefined : post.locale;
  return (
    <article>
      <p class="genre">{genreLabel(say, post)}</p>
      <Heading>
        <a href={`/${locale}/posts/${post.slug}`} lang={lang}>
          <bdi>{typeset(post.title, post.locale)}</bdi>
        </a>
      </Heading>
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
