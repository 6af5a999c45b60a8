import { readTypedHours, type TypedHours, typedDay } from '../../../core/calendar/typed-hours.ts';
import { WEEKDAYS, type Weekday, type WeeklyHours } from '../../../core/calendar/weekly-hours.ts';
import { spacedPhone } from '../../../core/text/phone.ts';
import { addAdvisor } from '../../../desk/advisors/add.ts';
import type { AdvisorSaid } from '../../../desk/advisors/check.ts';
import { editAdvisor } from '../../../desk/advisors/edit.ts';
import { type AdvisorFile, listPods } from '../../../desk/views/advisor-file.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems, Select } from '../../ui/fields.tsx';
import { type Scene, setScene } from '../../ui/page.tsx';
import type { WordKey } from '../../ui/words/words.ts';
import { Buttons, goBack, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { HoursFields } from '../hours-fields.tsx';
import { BackupFields, backupProblems, backupsTyped } from './backups-form.tsx';
import { findPresentAdvisor } from './found.ts';
import { languageWords, readLanguages } from './languages.ts';

/** GET /:locale/staff/advisors/:id/card — what people see of an advisor. */
export async function showCardForm(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  if (!found) return answerNotFound(c);
  return cardForm(c, found.scene, { typed: typedOf(found.advisor, found.scene), problems: {}, back: found.back });
}

/** POST — saves. */
export async function postCard(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const { scene, advisor, path, back } = found;
  const read = readCard(typed, scene);
  if (Object.keys(read.problems).length > 0) return cardForm(c, scene, { typed, problems: read.problems, back });
  const edited = await house.transact((tx) => editAdvisor(tx, actor, { advisorId: advisor.id, ...read.said }));
  if (edited.ok) return goBack(c, path, 'saved');
  const problems = problemAt(scene, edited.why, cardProblems);
  return problems ? cardForm(c, scene, { typed, problems, back }) : answerNotFound(c);
}

/** GET /:locale/staff/advisors/new — somebody arrives. */
export async function showArrival(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { locale } = scene;
  const usual = '08:30–12:00, 13:00–17:30';
  const week = Object.fromEntries([1, 2, 3, 4, 5].map((day) => [`hours${day}`, usual]));
  const typed = { ...week, languages: languageWords(['fr'], locale), share: '1' };
  return cardForm(c, scene, { typed, problems: {}, back: teamOf(scene), arrival: true });
}

/** POST — adds the advisor, with ranked backups from the first moment. */
export async function postArrival(c: WebContext): Promise<Response> {
  const { actor, house } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const again = (problems: Problems) => cardForm(c, scene, { typed, problems, back: teamOf(scene), arrival: true });
  const read = readCard(typed, scene);
  if (Object.keys(read.problems).length > 0) return again(read.problems);
  const added = await house.transact((tx) => addAdvisor(tx, actor, { ...read.said, backups: backupsTyped(typed) }));
  if (added.ok) return goBack(c, `/staff/advisors/${added.id}`, 'added');
  const problems = problemAt(scene, added.why, { ...cardProblems, ...backupProblems });
  return problems ? again(problems) : answerNotFound(c);
}

const cardProblems: Partial<Record<string, readonly [string, WordKey]>> = {
  name_missing: ['familyName', 'teamNameMissing'],
  unknown_pod: ['podId', 'teamPodChoose'],
  phone_unreadable: ['phone', 'custPointBadPhone'],
  mail_unreadable: ['mail', 'custPointBadMail'],
  mail_taken: ['mail', 'teamMailTaken'],
  hours_unusable: ['hours1', 'hoursUnusable'],
  share_out_of_range: ['share', 'teamShareBad'],
};

const teamOf = ({ say, locale }: Scene) => ({ href: `/${locale}/staff/advisors`, label: say('teamTitle') });

function typedOf(advisor: AdvisorFile, { locale }: Scene): Typed {
  return {
    ...advisor,
    ...typedWeek(advisor.workingHours),
    phone: spacedPhone(advisor.phone),
    languages: languageWords(advisor.languages, locale),
    share: new Intl.NumberFormat(locale).format(advisor.share),
  } as unknown as Typed;
}

/** Hours as the fields of a form: one a weekday. */
export function typedWeek(hours: WeeklyHours): Typed {
  return Object.fromEntries(WEEKDAYS.map((day) => [`hours${day}`, typedDay(hours[day] ?? [])]));
}

/** The hours of a form, and what cannot be read of them, beside its day. */
export function readWeek(typed: Typed, { say }: Scene): { hours: WeeklyHours; problems: Problems } {
  const days = Object.fromEntries(WEEKDAYS.map((day) => [day, typed[`hours${day}`] ?? ''])) as Record<Weekday, string>;
  const { hours, unreadable } = readTypedHours(days as TypedHours);
  return { hours, problems: Object.fromEntries(unreadable.map((day) => [`hours${day}`, say('hoursUnreadable')])) };
}

function readCard(typed: Typed, scene: Scene): { said: AdvisorSaid; problems: Problems } {
  const { hours, problems } = readWeek(typed, scene);
  const languages = readLanguages(typed.languages ?? '', scene.locale);
  const [stranger] = languages.unknown;
  const missing = languages.codes.length === 0 ? scene.say('teamLanguagesMissing') : undefined;
  const wrong = stranger ? scene.say('teamLanguageUnknown', { language: stranger }) : missing;
  return {
    said: {
      podId: /^[0-9a-f-]{36}$/.test(typed.podId ?? '') ? (typed.podId ?? '') : '00000000-0000-0000-0000-000000000000',
      givenName: typed.givenName ?? '',
      familyName: typed.familyName ?? '',
      shownAs: typed.shownAs === 'first' ? 'first' : 'full',
      phone: typed.phone ?? '',
      mail: typed.mail ?? '',
      languages: languages.codes,
      workingHours: hours,
      share: Number((typed.share ?? '').replace(',', '.')),
    },
    problems: wrong ? { ...problems, languages: wrong } : problems,
  };
}

interface CardForm {
  typed: Typed;
  problems: Problems;
  back: { href: string; label: string };
  /** Somebody new: backups are named at once. */
  arrival?: boolean;
}

async function cardForm(c: WebContext, scene: Scene, { typed, problems, back, arrival }: CardForm) {
  const { say, locale, now } = scene;
  const shared = { locale, problems };
  const pods = await listPods(c.var.house.db);
  const colleagues = arrival ? [...(await readRoster(c.var.house.db, now)).advisors.values()] : [];
  return showForm(c, scene, {
    title: say(arrival ? 'teamAdd' : 'teamCard'),
    back,
    lead: say(arrival ? 'teamAddLead' : 'teamCardLead'),
    problems,
    body: (
      <form novalidate method="post">
        <div class="pair">
          <Input {...shared} name="givenName" label={say('custGivenName')} value={typed.givenName} />
          <Input {...shared} name="familyName" label={say('custFamilyName')} value={typed.familyName} />
        </div>
        <Select
          {...shared}
          name="shownAs"
          label={say('teamShownAs')}
          hint={say('teamShownAsHint')}
          value={typed.shownAs ?? 'full'}
          choices={[
            { value: 'full', label: say('teamShownAs_full') },
            { value: 'first', label: say('teamShownAs_first') },
          ]}
        />
        <div class="pair">
          <Input {...shared} name="phone" type="tel" label={say('teamPhone')} value={typed.phone} />
          <Input {...shared} name="mail" type="email" label={say('teamMail')} value={typed.mail} />
        </div>
        <Input
          {...shared}
          name="languages"
          label={say('teamLanguages')}
          hint={say('teamLanguagesHint')}
          value={typed.languages}
        />
        <HoursFields scene={scene} typed={typed} problems={problems} label={say('teamHours')} />
        <div class="pair">
          <Select
            {...shared}
            name="podId"
            label={say('teamPod')}
            value={typed.podId ?? pods[0]?.id ?? ''}
            choices={pods.map(({ id, name, office }) => ({ value: id, label: `${office}, ${name}` }))}
          />
          <Input
            {...shared}
            name="share"
            inputmode="text"
            label={say('teamShare')}
            hint={say('teamShareHint')}
            value={typed.share}
          />
        </div>
        {arrival ? <BackupFields scene={scene} typed={typed} problems={problems} colleagues={colleagues} /> : null}
        <Buttons save={say(arrival ? 'teamAddButton' : 'adminSave')} />
      </form>
    ),
  });
}
