import type { CommuneRead } from '../../../desk/views/commune.ts';
import type { ContactArea } from '../../../desk/views/contact.ts';
import { awayLine, photoUrl } from '../../ui/facing.ts';
import { hourLines } from '../../ui/hours.ts';
import { PhoneLink } from '../../ui/layout.tsx';
import { listed } from '../../ui/listed.ts';
import type { Scene } from '../../ui/page.tsx';
import { Portrait } from '../../ui/portrait.tsx';
import { presenceLine } from '../person-head.tsx';
import { shortList } from '../sector-names.ts';

type Person = ContactArea['advisor'];
interface Props {
  scene: Scene;
  commune: CommuneRead;
}

/** Who serves the commune: one person in full, or in a large one those of each sector and the way to one's own. */
export function CommunePeople({ scene, commune }: Props) {
  const { say, locale } = scene;
  const people = peopleOf(commune);
  const [only, ...others] = people;
  if (only && others.length === 0)
    return (
      <section aria-labelledby="people-title">
        <h2 id="people-title">{say('communePerson')}</h2>
        <InFull scene={scene} commune={commune} person={only} />
      </section>
    );
  return (
    <section aria-labelledby="people-title">
      <h2 id="people-title">{say('communePeople')}</h2>
      <p>{say('sectorsText', { place: commune.name })}</p>
      <ul class="people">
        {people.map((person) => (
          <InBrief key={person.id} scene={scene} commune={commune} person={person} />
        ))}
      </ul>
      <p>
        {say('sectorUnsureText')} <a href={`/${locale}/card`}>{say('homeCardLink')}</a>
      </p>
    </section>
  );
}

/** Everyone who serves some part of a commune, once. */
export function peopleOf({ areas }: Pick<CommuneRead, 'areas'>): Person[] {
  return [...new Map(areas.map(({ advisor }) => [advisor.id, advisor])).values()];
}

/** Marked up as a person who works here (schema.org), so that search engines show the number beside the commune. */
function InFull({ scene, commune, person }: Props & { person: Person }) {
  const { say, locale, operator } = scene;
  const page = `/${locale}/contact/${person.id}`;
  const away = awayLine(person, scene);
  return (
    <div itemscope itemtype="https://schema.org/Person">
      <div class="person">
        <Portrait of={{ name: person.name, photo: photoUrl(person, 'large') }} size="large" />
        <div>
          <p class="name">
            <a href={`${page}?commune=${commune.insee}`} itemprop="name">
              {person.name}
            </a>
          </p>
          <p class="soft tight" itemprop="worksFor" itemscope itemtype="https://schema.org/Organization">
            <span itemprop="name">{operator.name}</span>
          </p>
          <PhoneLink phone={person.phone} itemprop="telephone" />
          <p class="soft tight no-print" data-live>
            {presenceLine(scene, person)}
          </p>
        </div>
      </div>
      {away ? <p class="away">{away}</p> : null}
      <p class="buttons no-print">
        <a class="button" href={`${page}/write?commune=${commune.insee}`}>
          {say('writeTitle', { name: person.name })}
        </a>
        <a class="button quiet" href={`${page}/contact.vcf`}>
          {say('vcard')}
        </a>
      </p>
      <dl class="notice">
        <div>
          <dt>{say('hoursLabel')}</dt>
          <dd>
            {hourLines(person.hours, locale).map((line) => (
              <p key={line} class="tight num">
                {line}
              </p>
            ))}
          </dd>
        </div>
        <div>
          <dt>{say('officeLabel')}</dt>
          <dd>
            <address itemprop="workLocation">
              {person.office.name}
              <br />
              {person.office.street}
              <br />
              {person.office.postcode} {person.office.commune}
            </address>
          </dd>
        </div>
        {person.backups.length > 0 ? (
          <div>
            <dt>{say('backupsLabel')}</dt>
            <dd>{backupsText(scene, person)}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  );
}

function backupsText({ say, locale }: Scene, { backups }: Person): string {
  const names = listed(
    backups.map(({ name }) => name),
    locale,
  );
  return say(backups.length > 1 ? 'backupsTextMany' : 'backupsText', { names });
}

function InBrief({ scene, commune, person }: Props & { person: Person }) {
  const sectors = commune.areas.filter(({ advisor }) => advisor.id === person.id).flatMap(({ sector }) => sector ?? []);
  return (
    <li itemscope itemtype="https://schema.org/Person">
      <Portrait of={{ name: person.name, photo: photoUrl(person) }} size="strip" />
      <div class="who">
        <p class="name">
          <a href={`/${scene.locale}/contact/${person.id}?commune=${commune.insee}`} itemprop="name">
            {person.name}
          </a>
        </p>
        <p class="soft">{shortList(sectors, scene).join(', ')}</p>
      </div>
      <PhoneLink phone={person.phone} itemprop="telephone" />
    </li>
  );
}
