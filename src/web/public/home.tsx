import { type PersonToMeet, peopleToMeet } from '../../desk/views/people-to-meet.ts';
import type { WebContext } from '../route.ts';
import { type Scene, setScene, showPage } from '../ui/page.tsx';
import { preferredLanguage } from '../ui/preferred-language.ts';
import { FindForm } from './find-form.tsx';
import { People } from './people.tsx';
import { FeedHead } from './posts/feed-links.tsx';
import { feedOf } from './posts/list-page.tsx';

/** GET / — to the home page in the language the browser asks for. */
export function chooseLanguage(c: WebContext): Response {
  c.header('Vary', 'Accept-Language');
  c.header('Cache-Control', 'no-cache');
  return c.redirect(`/${preferredLanguage(c.req.header('accept-language'), 'fr')}`, 302);
}

/** GET /fr, /en — one question: where do you live? */
export async function showHome(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  return showPage(c, scene, {
    title: scene.say('homeTitle'),
    cache: 'public',
    keep: true,
    head: <FeedHead feeds={[feedOf(scene)]} />,
    body: <Home scene={scene} people={await peopleToMeet(c.var.house.db)} />,
  });
}

function Home({ scene, people }: { scene: Scene; people: readonly PersonToMeet[] }) {
  const { locale, say, operator } = scene;
  return (
    <>
      <h1 class="display">{say('homeTitle')}</h1>
      <p class="lead">{say('homeLead')}</p>
      <FindForm locale={locale} typed="" />
      <People scene={scene} people={people} />
      <section>
        <dl class="notice">
          {operator.phone ? (
            <div>
              <dt>{say('homePhone')}</dt>
              <dd>
                <p>{say('homePhoneText')}</p>
              </dd>
            </div>
          ) : null}
          <div>
            <dt>{say('homeWrite')}</dt>
            <dd>
              <p>{say('homeWriteText')}</p>
            </dd>
          </div>
          <div>
            <dt>{say('homeCard')}</dt>
            <dd>
              <p>
                {say('homeCardText')} <a href={`/${locale}/card`}>{say('homeCardLink')}</a>
              </p>
            </dd>
          </div>
          <div>
            <dt>{say('homeMy')}</dt>
            <dd>
              <p>
                {say('homeMyText')} <a href={`/${locale}/my`}>{say('homeMyLink')}</a>
              </p>
            </dd>
          </div>
        </dl>
      </section>
    </>
  );
}
