import { editOwnCard } from '../../../desk/advisors/own-card.ts';
import { shownName } from '../../../desk/advisors/shown-name.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { showStaffPage } from '../../staff/frame.tsx';
import { photoUrl } from '../../ui/facing.ts';
import { hourLines } from '../../ui/hours.ts';
import { PhoneLink } from '../../ui/layout.tsx';
import { Portrait } from '../../ui/portrait.tsx';
import type { WordKey } from '../../ui/words/words.ts';
import { Buttons, Done, goBack, problemAt, readTyped, showForm } from '../form-page.tsx';
import { type CardFields, CardSaid, cardProblems, readCardFields, typedOf } from './card-fields.tsx';
import { type FoundAdvisor, findOwnAdvisor } from './found.ts';
import { languageWords } from './languages.ts';
import { Row, Way } from './rows.tsx';

const done = {
  saved: 'adminSaved',
  photo: 'teamPhotoDone',
  removed: 'adminRemoved',
} as const satisfies Record<string, WordKey>;

/** GET /:locale/staff/own-card — what customers see of whoever is signed in. */
export async function showOwnCard(c: WebContext): Promise<Response> {
  const found = await findOwnAdvisor(c);
  if (!found) return answerNotFound(c);
  const { scene, advisor } = found;
  const { say, locale } = scene;
  const name = shownName(advisor);
  const at = `/${locale}/staff/own-card`;
  return showStaffPage(c, scene, {
    title: say('ownCardTitle'),
    body: (
      <>
        <p class="over">
          <a href="/workspace/preferences">{say('staffToWorkspace')}</a>
        </p>
        <Done c={c} scene={scene} words={done} />
        <p class="lead">{say('ownCardLead')}</p>
        <dl class="notice">
          <Row label={say('teamPhoto')}>
            <Portrait of={{ name, photo: photoUrl(advisor, 'large') }} size="large" />
            <Way href={`${at}/photo`} change={say('adminChange')} what={say('ownCardPhoto')} />
          </Row>
          <Row label={say('teamCard')}>
            <p class="tight">{say(advisor.shownAs === 'first' ? 'teamShownFirst' : 'teamShownFull', { name })}</p>
            <p class="tight">
              <PhoneLink phone={advisor.phone} plain />
            </p>
            <p class="tight">{languageWords(advisor.languages, locale)}</p>
            {hourLines(advisor.workingHours, locale).map((line) => (
              <p class="tight" key={line}>
                {line}
              </p>
            ))}
            <Way href={`${at}/edit`} change={say('adminChange')} what={say('teamCard')} />
          </Row>
        </dl>
        <p>
          <a href={`/${locale}/contact/${advisor.id}`}>{say('ownCardPublic')}</a>
        </p>
      </>
    ),
  });
}

/** GET /:locale/staff/own-card/edit */
export async function showOwnCardForm(c: WebContext): Promise<Response> {
  const found = await findOwnAdvisor(c);
  return found
    ? ownCardForm(c, found, { typed: typedOf(found.advisor, found.scene), problems: {} })
    : answerNotFound(c);
}

/** POST — saves what advisors may change themselves. */
export async function postOwnCard(c: WebContext): Promise<Response> {
  const found = await findOwnAdvisor(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const { fields, problems } = readCardFields(typed, found.scene);
  if (Object.keys(problems).length > 0) return ownCardForm(c, found, { typed, problems });
  const edited = await house.transact((tx) => editOwnCard(tx, actor, fields));
  if (edited.ok) return goBack(c, found.path, 'saved');
  const wrong = problemAt(found.scene, edited.why, cardProblems);
  return wrong ? ownCardForm(c, found, { typed, problems: wrong }) : answerNotFound(c);
}

function ownCardForm(c: WebContext, found: FoundAdvisor, { typed, problems }: Omit<CardFields, 'scene'>) {
  const { scene, back, name } = found;
  const { say } = scene;
  return showForm(c, scene, {
    title: say('ownCardEdit'),
    back,
    lead: say('ownCardEditLead', { name }),
    problems,
    body: (
      <form novalidate method="post">
        <CardSaid scene={scene} typed={typed} problems={problems} />
        <Buttons save={say('adminSave')} />
      </form>
    ),
  });
}
