import { type Locale, typeset } from '../text/typeset.ts';
import type { DecisionKind } from './replay.ts';

const KINDS: Record<DecisionKind, Record<Locale, string>> = {
  ring_own: { fr: 'sonne chez son interlocuteur', en: 'rings the own advisor' },
  hold_own: { fr: 'attend son interlocuteur, qui finit', en: 'holds for the own advisor, who is finishing' },
  offer_own: { fr: 'rappel proposé, par son interlocuteur', en: 'callback offered, by the own advisor' },
  offer_other: { fr: 'rappel proposé, par un collègue', en: 'callback offered, by a colleague' },
  ring_backup: { fr: 'sonne chez un binôme', en: 'rings a backup' },
  ring_pod: { fr: 'sonne dans l’équipe', en: 'rings someone of the pod' },
  ring_anyone: { fr: 'sonne chez qui est libre', en: 'rings whoever is free' },
  wait: { fr: 'attend qui se libère', en: 'waits for whoever is free' },
  promise: { fr: 'rappel promis aussitôt', en: 'callback promised at once' },
  voicemail: { fr: 'peut laisser un message', en: 'may leave a message' },
  written_own: { fr: 'écrit : à son interlocuteur', en: 'written: to the own advisor' },
  written_other: { fr: 'écrit : à qui remplace, ou au tri', en: 'written: to who stands in, or the tray' },
};

/** What happened to a call or a message, in a few words for a table. */
export function kindWords(kind: DecisionKind, locale: Locale): string {
  return typeset(KINDS[kind][locale], locale);
}

/** What a replay says besides its tables. Counts of decisions, minutes of promised times. */
export interface ReplayCounts {
  readonly policyVersion: string;
  readonly asked: number;
  readonly changed: number;
  readonly onlyAfterwards: number;
  readonly skipped: { readonly no_request: number; readonly older_shape: number; readonly someone_missing: number };
  readonly versions: readonly {
    readonly version: string;
    readonly decisions: number;
    readonly reproduced: number | null;
  }[];
  readonly offers: { readonly before: number; readonly after: number };
  readonly otherPhone: number;
  readonly times: Readonly<Record<'told' | 'earlier' | 'later' | 'p10' | 'p50' | 'p90', number>>;
}

/** The replay in sentences: what would have changed, what it rests on, what was left out, what it cannot know. */
export function replaySentences(counts: ReplayCounts, locale: Locale): string[] {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const say = (fr: string, en: string, values: Record<string, number | string> = {}) =>
    typeset(
      (locale === 'fr' ? fr : en).replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name] ?? '';
        return typeof value === 'number' ? number.format(value) : value;
      }),
      locale,
    );
  const { asked, changed, offers, times, skipped, otherPhone, policyVersion } = counts;
  const { no_request, older_shape, someone_missing } = skipped;
  return [
    say(
      'Sous « {policyVersion} », {changed} décisions sur {asked} auraient été autres.',
      'Under “{policyVersion}”, {changed} of {asked} decisions would have been others.',
      { policyVersion, changed, asked },
    ),
    ...(counts.onlyAfterwards > 0
      ? [
          say(
            'Dont {onlyAfterwards} seulement dans la suite, si personne ne répond.',
            'Of these, {onlyAfterwards} only in what follows when nobody answers.',
            { onlyAfterwards: counts.onlyAfterwards },
          ),
        ]
      : []),
    say(
      'Un autre téléphone aurait sonné d’abord : {otherPhone} fois. Rappels proposés : {before}, puis {after}.',
      'Another phone would have rung first: {otherPhone} times. Callbacks offered: {before}, then {after}.',
      { otherPhone, ...offers },
    ),
    say(
      'Sur {told} heures annoncées des deux façons, {earlier} viendraient plus tôt et {later} plus tard.',
      'Of {told} times told either way, {earlier} would come earlier and {later} later.',
      times,
    ),
    ...(times.earlier + times.later > 0
      ? [
          say(
            'Écart des heures qui changent, en minutes : 10 % sous {p10}, médiane {p50}, 10 % au-dessus de {p90}.',
            'Times that change move by, in minutes: 10% below {p10}, median {p50}, 10% above {p90}.',
            times,
          ),
        ]
      : []),
    ...counts.versions.map(({ version, decisions, reproduced }) =>
      reproduced === null
        ? say(
            '{decisions} décisions viennent de « {version} », une version dont les règles ne sont plus là : comparées telles quelles.',
            '{decisions} decisions come from “{version}”, whose rules are no longer known: compared as they were taken.',
            { decisions, version },
          )
        : say(
            '{decisions} décisions viennent de « {version} » ; le produit d’aujourd’hui en reprend {reproduced} à l’identique.',
            '{decisions} decisions come from “{version}”; today’s product takes {reproduced} of them alike.',
            { decisions, version, reproduced },
          ),
    ),
    ...(no_request > 0
      ? [
          say(
            '{no_request} sont laissées de côté : la question n’était pas encore conservée.',
            '{no_request} are left out: the question was not kept yet.',
            skipped,
          ),
        ]
      : []),
    ...(older_shape > 0
      ? [
          say(
            '{older_shape} sont laissées de côté : elles sont d’une forme plus ancienne.',
            '{older_shape} are left out: they are of an older shape.',
            skipped,
          ),
        ]
      : []),
    ...(someone_missing > 0
      ? [
          say(
            '{someone_missing} sont laissées de côté : quelqu’un y manque.',
            '{someone_missing} are left out: someone is missing in them.',
            skipped,
          ),
        ]
      : []),
    say(
      'Chaque question est posée seule. Ce que le brouillon aurait changé ensuite, seule la simulation le dit.',
      'Each question is asked by itself. What the draft would have changed afterwards, only simulation says.',
    ),
  ];
}
