import { type ListedPost, publishedPosts } from '../../../desk/views/posts.ts';
import { latestVoices, type VoiceEntry } from '../../../desk/views/voices.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';
import { communeNamed } from '../commune-query.ts';
import { VoiceEntries } from '../voices/voice-entries.tsx';
import { FeedHead, type FeedLink, FeedLinks } from './feed-links.tsx';
import { PostList } from './post-list.tsx';

const PAGE = 20;

/** GET /:locale/posts — everything that was published, or what concerns one commune (?commune=INSEE). */
export async function showPosts(c: WebContext): Promise<Response> {
  const { db } = c.var.house;
  const scene = await setScene(c);
  const asked = c.req.query('commune');
  const commune = asked ? await communeNamed(db, asked) : undefined;
  if (asked && !commune) return answerNotFound(c);
  const before = moment(c.req.query('before'));
  const posts = await publishedPosts(db, { ...scene, commune: commune?.insee, before, limit: PAGE + 1 });
  const voices = before ? [] : await latestVoices(db, { commune: commune?.insee, limit: 4 });
  const title = commune ? scene.say('postsOfTitle', { commune: commune.name }) : scene.say('postsTitle');
  const feed = feedOf(scene, commune);
  return showPage(c, scene, {
    title,
    cache: 'public',
    head: (
      <>
        <link
          rel="canonical"
          href={`${c.var.house.config.origin}/${scene.locale}/posts${commune ? `?commune=${commune.insee}` : ''}`}
        />
        <FeedHead feeds={[feed]} />
      </>
    ),
    body: <Posts scene={scene} title={title} posts={posts} voices={voices} feed={feed} commune={commune} />,
  });
}

/** The feed of the whole site, or of one commune. */
export function feedOf({ locale, say, operator }: Scene, commune?: { insee: string; name: string }): FeedLink {
  return commune
    ? {
        path: `/${locale}/feeds/communes/${commune.insee}`,
        title: say('feedOfCommune', { operator: operator.name, commune: commune.name }),
      }
    : { path: `/${locale}/feeds/posts`, title: say('feedOfSite', { operator: operator.name }) };
}

interface PostsProps {
  scene: Scene;
  title: string;
  posts: readonly ListedPost[];
  voices: readonly VoiceEntry[];
  feed: FeedLink;
  commune: { insee: string; name: string } | undefined;
}

function Posts({ scene, title, posts, voices, feed, commune }: PostsProps) {
  const { locale, say } = scene;
  const shown = posts.slice(0, PAGE);
  const last = posts.length > PAGE ? shown.at(-1) : undefined;
  const place = commune ? `commune=${commune.insee}&` : '';
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{say('postsLead')}</p>
      {shown.length > 0 ? <PostList scene={scene} posts={shown} /> : <p>{say('postsNone')}</p>}
      {last ? (
        <p>
          <a href={`/${locale}/posts?${place}before=${last.publishedAt.toISOString()}`}>{say('postsOlder')}</a>
        </p>
      ) : null}
      {commune ? (
        <p>
          <a href={`/${locale}/posts`}>{say('postsAll')}</a>
        </p>
      ) : null}
      <section aria-labelledby="feeds-title">
        <h2 id="feeds-title">{say('feedsTitle')}</h2>
        <FeedLinks scene={scene} feed={feed} />
        <p>
          <a href={`/${locale}/alerts${commune ? `?commune=${commune.insee}` : ''}`}>{say('alertLink')}</a>
        </p>
      </section>
      {voices.length > 0 ? (
        <section aria-labelledby="voices-title">
          <h2 id="voices-title">{say('voicesTitle')}</h2>
          <p class="soft">{say('voicesLead')}</p>
          <VoiceEntries scene={scene} entries={voices} />
          <p>
            <a href={`/${locale}/voices`}>{say('voicesAll')}</a>
          </p>
        </section>
      ) : null}
    </>
  );
}

function moment(text: string | undefined): Date | undefined {
  if (!text || Number.isNaN(Date.parse(text))) return undefined;
  return new Date(text);
}
