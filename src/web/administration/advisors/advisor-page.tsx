import { longDay } from '../../../core/text/dates.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { showStaffPage } from '../../staff/frame.tsx';
import { photoUrl } from '../../ui/facing.ts';
import { hourLines } from '../../ui/hours.ts';
import { PhoneLink } from '../../ui/layout.tsx';
import { Portrait } from '../../ui/portrait.tsx';
import type { WordKey } from '../../ui/words/words.ts';
import { Done } from '../form-page.tsx';
import { type FoundAdvisor, findAdvisorOf } from './found.ts';
import { languageWords } from './languages.ts';
import { Row, Way } from './rows.tsx';

const done = {
  added: 'teamAdded',
  saved: 'adminSaved',
  photo: 'teamPhotoDone',
  removed: 'adminRemoved',
} as const satisfies Record<string, WordKey>;

/** GET /:locale/staff/advisors/:id — what people see of an advisor, who answers in their place, and where they serve. */
export async function showAdvisor(c: WebContext): Promise<Response> {
  const found = await findAdvisorOf(c);
  if (!found) return answerNotFound(c);
  const { scene, advisor, name } = found;
  const { say, locale } = scene;
  return showStaffPage(c, scene, {
    title: name,
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/advisors`}>{say('teamTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={done} />
        {advisor.leftAt ? (
          <p class="away">{say('teamLeftOn', { date: longDay(advisor.leftAt, scene.now, scene.style) })}</p>
        ) : (
          <Card found={found} />
        )}
      </>
    ),
  });
}

function Card({ found: { scene, advisor, name } }: { found: FoundAdvisor }) {
  const { say, locale } = scene;
  const at = `/${locale}/staff/advisors/${advisor.id}`;
  return (
    <>
      <dl class="notice">
        <Row label={say('teamPhoto')}>
          <Portrait of={{ name, photo: photoUrl(advisor) }} size="middle" />
          <Way href={`${at}/photo`} change={say('adminChange')} what={say('teamPhotoTitle')} />
        </Row>
        <Row label={say('teamCard')}>
          <p class="tight">{say(advisor.shownAs === 'first' ? 'teamShownFirst' : 'teamShownFull', { name })}</p>
          <p class="tight">
            <PhoneLink phone={advisor.phone} plain />
          </p>
          <p class="tight">{advisor.mail}</p>
          <p class="tight">{languageWords(advisor.languages, locale)}</p>
          {hourLines(advisor.workingHours, locale).map((line) => (
            <p class="tight" key={line}>
              {line}
            </p>
          ))}
          <p class="soft tight">{say('teamPlace', { office: advisor.office, pod: advisor.pod })}</p>
          <Way href={`${at}/card`} change={say('adminChange')} what={say('teamCard')} />
        </Row>
        <Row label={say('teamBackups')}>
          {advisor.backups.map((backup, index) => (
            <p class="tight" key={backup.id}>
              {index + 1}. {backup.name}
            </p>
          ))}
          <Way href={`${at}/backups`} change={say('adminChange')} what={say('teamBackups')} />
        </Row>
        <Row label={say('teamAreas', { count: advisor.areas.length })}>
          <p class="tight">
            {advisor.areas.map(({ name: commune, sector }) => (sector ? `${commune} (${sector})` : commune)).join(', ')}
          </p>
          <Way href={`${at}/areas`} change={say('teamAreaGive')} what={name} />
        </Row>
      </dl>
      <section aria-labelledby="departure">
        <h2 id="departure">{say('teamDeparture')}</h2>
        <p class="num">{say('teamCustomers', { count: advisor.customers })}</p>
        <p>
          <a href={`${at}/leave`}>{say('teamLeaveLink', { name })}</a>
        </p>
      </section>
    </>
  );
}
