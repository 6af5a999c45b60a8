import { epciInFull } from '../../../desk/areas/epci.ts';
import { type CommuneRead, readCommune } from '../../../desk/views/commune.ts';
import { type PermanenceRead, permanencesOfCommune } from '../../../desk/views/permanences.ts';
import { type ListedPost, postsOfCommune } from '../../../desk/views/posts.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';
import { servedLike } from '../commune-query.ts';
import { FindForm } from '../find-form.tsx';
import { NotServed } from '../find-misses.tsx';
import { Permanences } from '../permanences/permanence-list.tsx';
import { FeedHead, FeedLinks } from '../posts/feed-links.tsx';
import { feedOf } from '../posts/list-page.tsx';
import { PostList } from '../posts/post-list.tsx';
import { communePath, inseeIn } from './address.ts';
import { CommunePeople, peopleOf } from './commune-people.tsx';

/** GET /:locale/communes/:place — who serves a commune, how to reach them, and what concerns it. */
export async function showCommune(c: WebContext): Promise<Response> {
  const { db } = c.var.house;
  const scene = await setScene(c);
  const place = c.req.param('place') ?? '';
  const commune = await readCommune(db, scene.now, inseeIn(place));
  if (!commune) return answerNotFound(c);
  const path = communePath(scene.locale, commune);
  if (path !== `/${scene.locale}/communes/${place}`) return c.redirect(path, 301);
  if (commune.areas.length === 0) return showNotServed(c, scene, commune);
  const [posts, permanences] = await Promise.all([
    postsOfCommune(db, commune.insee, scene),
    permanencesOfCommune(db, scene.now, commune.insee),
  ]);
  const feed = feedOf(scene, commune);
  return showPage(c, scene, {
    title: scene.say('communeTitle', { place: commune.name }),
    cache: 'public',
    keep: true,
    strip: peopleOf(commune).length > 1,
    head: (
      <>
        <Canonical origin={c.var.house.config.origin} commune={commune} locale={scene.locale} />
        <FeedHead feeds={[feed]} />
      </>
    ),
    body: <Commune scene={scene} commune={commune} posts={posts} permanences={permanences} />,
  });
}

/** Said honestly, and kept out of search engines: nobody looking for help should land on it. */
async function showNotServed(c: WebContext, scene: Scene, commune: CommuneRead): Promise<Response> {
  const near = await servedLike(c.var.house.db, commune.name);
  return showPage(c, scene, {
    title: scene.say('notServedTitle', { place: commune.name }),
    cache: 'public',
    hidden: true,
    body: <NotServed scene={scene} place={commune.name} near={near} />,
  });
}

/** One address a language for this page, whatever way it was reached. */
function Canonical({ origin, commune, locale }: { origin: string; commune: CommuneRead; locale: 'fr' | 'en' }) {
  return (
    <>
      <link rel="canonical" href={`${origin}${communePath(locale, commune)}`} />
      {(['fr', 'en'] as const).map((each) => (
        <link key={each} rel="alternate" hreflang={each} href={`${origin}${communePath(each, commune)}`} />
      ))}
    </>
  );
}

interface CommuneProps {
  scene: Scene;
  commune: CommuneRead;
  posts: readonly ListedPost[];
  permanences: readonly PermanenceRead[];
}

function Commune({ scene, commune, posts, permanences }: CommuneProps) {
  const { say, locale } = scene;
  const where = [
    commune.departementName,
    commune.epciName && epciInFull(commune.epciName),
    commune.postcodes.slice(0, 3).join(', '),
  ];
  return (
    <>
      <h1>{commune.name}</h1>
      <p class="soft">{where.filter(Boolean).join(' · ')}</p>
      <CommunePeople scene={scene} commune={commune} />
      <Permanences
        scene={scene}
        permanences={permanences}
        names="advisor"
        calendar={`/${locale}/communes/${commune.insee}/permanences.ics`}
      />
      {posts.length > 0 ? (
        <section aria-labelledby="posts-title">
          <h2 id="posts-title">{say('communePosts')}</h2>
          <PostList scene={scene} posts={posts} heading="h3" />
          <p>
            <a href={`/${locale}/posts?commune=${commune.insee}`}>{say('communePostsAll', { place: commune.name })}</a>
          </p>
        </section>
      ) : null}
      <section aria-labelledby="feeds-title" class="no-print">
        <h2 id="feeds-title">{say('communeFollow', { place: commune.name })}</h2>
        <FeedLinks scene={scene} feed={feedOf(scene, commune)} />
        <p>
          <a href={`/${locale}/alerts?commune=${commune.insee}`}>{say('alertLink')}</a>
        </p>
      </section>
      <section class="no-print">
        <h2>{say('notHere')}</h2>
        <FindForm locale={locale} typed="" />
      </section>
    </>
  );
}
