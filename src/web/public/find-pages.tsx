import type { FoundCommune } from '../../desk/areas/find-communes.ts';
import { type ContactArea, type ContactCommune, type FoundContact, findContact } from '../../desk/views/contact.ts';
import type { WebContext } from '../route.ts';
import { photoUrl } from '../ui/facing.ts';
import { PhoneLink } from '../ui/layout.tsx';
import { type Page, type Scene, setScene, showPage } from '../ui/page.tsx';
import { Portrait } from '../ui/portrait.tsx';
import { servedLike } from './commune-query.ts';
import { communePath } from './communes/address.ts';
import { FindForm } from './find-form.tsx';
import { Ambiguous, NotServed, Unknown } from './find-misses.tsx';
import { PersonHead } from './person-head.tsx';
import { shortList } from './sector-names.ts';

/** GET /:locale/contact — who serves a postcode or a commune; without a question, the question. */
export async function showFind(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const { postcode, commune, name, where } = c.req.query();
  const found = await findContact(house.db, scene.now, { postcode, commune, name, where });
  const typed = (postcode ?? commune ?? name ?? where ?? '').slice(0, 100);
  const near = found.kind === 'found' && !isServed(found) ? await servedLike(house.db, found.communes[0]!.name) : [];
  const asked = [postcode, commune, name, where].some((each) => each !== undefined);
  return showPage(c, scene, { cache: 'public', keep: true, ...resultOf(scene, found, typed, asked, near) });
}

function resultOf(
  scene: Scene,
  found: FoundContact,
  typed: string,
  asked: boolean,
  near: readonly FoundCommune[],
): Page {
  const { say, locale } = scene;
  if (found.kind === 'nothing_asked')
    return {
      title: say('findTitle'),
      failed: asked,
      status: asked ? 422 : 200,
      body: (
        <>
          <h1>{say('findTitle')}</h1>
          <FindForm locale={locale} typed="" problem={asked ? say('whereEmpty') : undefined} />
        </>
      ),
    };
  if (found.kind === 'unknown')
    return {
      title: say('findTitle'),
      failed: true,
      status: 404,
      body: <Unknown scene={scene} typed={typed} suggestions={found.suggestions} />,
    };
  const [first] = found.communes;
  if (first && !isServed(found))
    return {
      title: say('notServedTitle', { place: first.name }),
      status: 404,
      body: <NotServed scene={scene} place={first.name} near={near} />,
    };
  if (found.communes.length > 1 && !/\d{5}/.test(typed))
    return {
      title: say('severalTitle', { typed }),
      body: <Ambiguous scene={scene} typed={typed} communes={found.communes} />,
    };
  return peoplePage(scene, found.communes);
}

type AdvisorCard = ContactArea['advisor'];

function isServed({ communes }: { communes: readonly ContactCommune[] }): boolean {
  return communes.some((commune) => commune.areas.length > 0);
}

/** A person and the places they serve among those asked about. */
interface Group {
  card: AdvisorCard;
  places: string[];
}

function peoplePage(scene: Scene, communes: readonly ContactCommune[]): Page {
  const { say, locale } = scene;
  const place = communes.length === 1 ? communes[0]!.name : (communes[0]!.postcodes[0] ?? '');
  const groups = groupsOf(communes, say('wholeCommune'));
  const title = say('resultsTitle', { place });
  const [only] = groups;
  const insee = communes.length === 1 ? communes[0]!.insee : undefined;
  if (only && groups.length === 1)
    return { title, strip: false, body: <OnePerson scene={scene} card={only.card} place={place} insee={insee} /> };
  return {
    title,
    body: (
      <>
        <h1>{title}</h1>
        {communes.length === 1 ? <p class="lead">{say('sectorsText', { place })}</p> : null}
        <ul class="people">
          {groups.map(({ card, places }) => (
            <Person key={card.id} scene={scene} card={card} places={places} insee={insee} />
          ))}
        </ul>
        {communes.length === 1 ? (
          <section>
            <h2>{say('sectorUnsure')}</h2>
            <p>
              {say('sectorUnsureText')} <a href={`/${locale}/card`}>{say('homeCardLink')}</a>
            </p>
          </section>
        ) : null}
      </>
    ),
  };
}

/** By person, in the order the places come; a sector counts as a place, a whole commune by its name. */
function groupsOf(communes: readonly ContactCommune[], wholeCommune: string): Group[] {
  const groups = new Map<string, Group>();
  for (const commune of communes)
    for (const { sector, advisor } of commune.areas) {
      const place = communes.length > 1 ? commune.name : (sector ?? wholeCommune);
      const group = groups.get(advisor.id);
      if (!group) groups.set(advisor.id, { card: advisor, places: [place] });
      else if (!group.places.includes(place)) group.places.push(place);
    }
  return [...groups.values()];
}

function linkTo({ locale }: Scene, card: AdvisorCard, insee: string | undefined, page = ''): string {
  return `/${locale}/contact/${card.id}${page}${insee ? `?commune=${insee}` : ''}`;
}

interface OnePersonProps {
  scene: Scene;
  card: AdvisorCard;
  place: string;
  insee: string | undefined;
}

function OnePerson({ scene, card, place, insee }: OnePersonProps) {
  const { say } = scene;
  return (
    <>
      <PersonHead scene={scene} card={card} place={place} />
      <p class="buttons">
        <a class="button" href={linkTo(scene, card, insee, '/write')}>
          {say('writeTitle', { name: card.name })}
        </a>
        <a class="button quiet" href={linkTo(scene, card, insee)}>
          {say('seeMore')}
        </a>
      </p>
      {insee ? (
        <p>
          <a href={communePath(scene.locale, { insee, name: place })}>{say('communePage', { place })}</a>
        </p>
      ) : null}
      <section>
        <h2>{say('notHere')}</h2>
        <FindForm locale={scene.locale} typed="" />
      </section>
    </>
  );
}

function Person({ scene, card, places, insee }: Omit<OnePersonProps, 'place'> & { places: readonly string[] }) {
  return (
    <li>
      <Portrait of={{ name: card.name, photo: photoUrl(card) }} size="strip" />
      <div class="who">
        <p class="name">
          <a href={linkTo(scene, card, insee)}>{card.name}</a>
        </p>
        <p class="soft">{shortList(places, scene).join(', ')}</p>
      </div>
      <PhoneLink phone={card.phone} />
    </li>
  );
}
