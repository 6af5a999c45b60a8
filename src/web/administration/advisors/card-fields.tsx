import { readTypedHours, type TypedHours, typedDay } from '../../../core/calendar/typed-hours.ts';
import { WEEKDAYS, type Weekday, type WeeklyHours } from '../../../core/calendar/weekly-hours.ts';
import { spacedPhone } from '../../../core/text/phone.ts';
import type { OwnCard } from '../../../desk/advisors/own-card.ts';
import type { AdvisorFile } from '../../../desk/views/advisor-file.ts';
import { Input, type Problems, Select } from '../../ui/fields.tsx';
import type { Scene } from '../../ui/page.tsx';
import type { WordKey } from '../../ui/words/words.ts';
import type { Typed } from '../form-page.tsx';
import { HoursFields } from '../hours-fields.tsx';
import { languageWords, readLanguages } from './languages.ts';

export interface CardFields {
  scene: Scene;
  typed: Typed;
  problems: Problems;
}

/** What of a card advisors may say themselves: how they are named, their number, languages and hours. */
export function CardSaid({ scene, typed, problems }: CardFields) {
  const { say, locale } = scene;
  const shared = { locale, problems };
  return (
    <>
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
        <Input
          {...shared}
          name="languages"
          label={say('teamLanguages')}
          hint={say('teamLanguagesHint')}
          value={typed.languages}
        />
      </div>
      <HoursFields scene={scene} typed={typed} problems={problems} label={say('teamHours')} />
    </>
  );
}

/** The same fields read, and what cannot be read of them. */
export function readCardFields(typed: Typed, scene: Scene): { fields: OwnCard; problems: Problems } {
  const { hours, problems } = readWeek(typed, scene);
  const languages = readLanguages(typed.languages ?? '', scene.locale);
  const [stranger] = languages.unknown;
  const missing = languages.codes.length === 0 ? scene.say('teamLanguagesMissing') : undefined;
  const wrong = stranger ? scene.say('teamLanguageUnknown', { language: stranger }) : missing;
  return {
    fields: {
      shownAs: typed.shownAs === 'first' ? 'first' : 'full',
      phone: typed.phone ?? '',
      languages: languages.codes,
      workingHours: hours,
    },
    problems: wrong ? { ...problems, languages: wrong } : problems,
  };
}

/** Where the sentence of a refusal stands. */
export const cardProblems: Partial<Record<string, readonly [string, WordKey]>> = {
  name_missing: ['familyName', 'teamNameMissing'],
  unknown_pod: ['podId', 'teamPodChoose'],
  phone_unreadable: ['phone', 'custPointBadPhone'],
  mail_unreadable: ['mail', 'custPointBadMail'],
  mail_taken: ['mail', 'teamMailTaken'],
  hours_unusable: ['hours1', 'hoursUnusable'],
  share_out_of_range: ['share', 'teamShareBad'],
};

/** What is on file, as the fields of a form. */
export function typedOf(advisor: AdvisorFile, { locale }: Scene): Typed {
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
