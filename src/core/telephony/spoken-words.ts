import { daysBetween } from '../text/dates.ts';
import type { Locale } from '../text/typeset.ts';
import type { Parts } from './sentence.ts';

/** Why the own advisor does not answer now. */
export type OwnIs = 'onCall' | 'notAnswering' | 'away';

export interface Spoken {
  /** The customer's own advisor. */
  ownName: string;
  /** Who calls back. */
  byName: string;
  ownIs: OwnIs;
  before: Date;
  now: Date;
  zone: string;
}

/** What an advisor recorded for their offers: names of files. */
export interface OwnWords {
  /** Who it is, that they are on a call, that hanging up is enough and they call back before: the time follows. */
  opening?: string | undefined;
  /** After the time: who stays on the line is answered by a colleague. */
  ending?: string | undefined;
}

/**
 * The offer as it is heard before the call is answered: hanging up accepts it. From the fullest to the shortest; the
 * first that is short enough is played. What the advisor recorded comes in their own voice. In parts, the time by itself:
 * names and times are each spoken once, not each name with each time.
 */
export function offerWords(locale: Locale, facts: Spoken, { opening, ending }: OwnWords = {}): Parts[] {
  const at = spokenTime(locale, facts);
  const { begin, hangUp, stay, shorter, shortest } = spokenOffer(locale, facts);
  const last = ending ? { recorded: ending } : stay;
  // What they recorded says that they are on a call and call back themselves: at other times it would not be true.
  const isTrue = facts.ownIs === 'onCall' && facts.byName === facts.ownName;
  const first = opening && isTrue ? { recorded: opening } : undefined;
  return [
    ...(first
      ? [
          [first, at, last],
          [first, at],
        ]
      : []),
    ...(ending ? [[begin, at, hangUp, last]] : []),
    [begin, at, `${hangUp} ${stay}`],
    [shorter.begin, at, shorter.end],
    [shortest, at],
  ];
}

const whatOwnDoes: Record<Locale, Record<OwnIs, string>> = {
  en: { onCall: 'is on a call', notAnswering: 'cannot answer', away: 'is away' },
  fr: { onCall: 'est en ligne', notAnswering: 'ne peut pas répondre', away: 'n’est pas là' },
};

function spokenOffer(locale: Locale, { ownName, byName, ownIs }: Spoken) {
  const same = byName === ownName;
  const state = `${ownName} ${whatOwnDoes[locale][ownIs]}`;
  if (locale === 'en') {
    return {
      begin: `${same ? `${state} and` : `${state}. ${byName}`} calls you back before`,
      hangUp: 'Hang up.',
      stay: 'Or hold for a colleague.',
      shorter: { begin: `Hang up: ${byName} calls you back before`, end: 'Or hold on.' },
      shortest: 'Hang up, and we call back before',
    };
  }
  return {
    begin: `${same ? `${state} et` : `${state}. ${byName}`} vous rappelle avant`,
    hangUp: 'Raccrochez.',
    stay: 'Ou patientez, un collègue vous répond.',
    shorter: { begin: `Raccrochez : ${byName} vous rappelle avant`, end: 'Ou patientez.' },
    shortest: 'Raccrochez, on vous rappelle avant',
  };
}

/** Said while a caller waits for their own advisor who is finishing. */
export function holdWords(locale: Locale, { ownName }: Pick<Spoken, 'ownName'>): string[] {
  return locale === 'en'
    ? [`${ownName} is finishing. One moment, please.`]
    : [`${ownName} termine un appel. Un instant, s'il vous plaît.`];
}

/** Said to who waits for the first who is free: their own advisor if that may be them, or a colleague. */
export function waitWords(locale: Locale, { ownName }: { ownName: string | null }): string[] {
  if (locale === 'en')
    return [
      `${ownName ? `${ownName} or a colleague` : 'A colleague'} will answer you as soon as one of us is free. Please hold.`,
      'Somebody will answer you soon. Please hold.',
    ];
  return [
    `${ownName ? `${ownName} ou un collègue` : 'Un collègue'} vous répond dès que possible. Patientez, s'il vous plaît.`,
    'On vous répond bientôt. Patientez.',
  ];
}

type Promised = Pick<Spoken, 'byName' | 'before' | 'now' | 'zone'>;

/** Said at the end when nobody could answer: who calls back, and before when. */
export function promiseWords(locale: Locale, facts: Promised): Parts[] {
  const at = spokenTime(locale, facts);
  return locale === 'en'
    ? [
        [callsBack(locale, facts), at, 'Thank you, goodbye.'],
        ['We call you back before', at],
      ]
    : [
        [callsBack(locale, facts), at, 'Merci, au revoir.'],
        ['On vous rappelle avant', at],
      ];
}

const callsBack = (locale: Locale, { byName }: Promised) =>
  `${byName} ${locale === 'en' ? 'calls you back before' : 'vous rappelle avant'}`;

/** Said by the voicemail: the promise first, so that nobody has to speak to be called back. */
export function voicemailWords(locale: Locale, facts: Promised): Parts[] {
  const rest =
    locale === 'en'
      ? 'You can hang up now, or leave a message after the tone.'
      : 'Vous pouvez raccrocher, ou laisser un message après le bip.';
  return [[callsBack(locale, facts), spokenTime(locale, facts), rest]];
}

/** Said by the voicemail to whom we cannot ring back: a number nobody knows, or none. */
export function messageWords(locale: Locale, facts: Promised): Parts[] {
  const { byName } = facts;
  const begin =
    locale === 'en'
      ? `After the tone, say your name, your town and your number. ${byName} answers you before`
      : `Après le bip, dites votre nom, votre commune et votre numéro. ${byName} vous répond avant`;
  return [[begin, spokenTime(locale, facts)]];
}

/** The times callers may hear in the hours after `now`, one every `stepMinutes`, as they are spoken. */
export function timesToCome(
  locale: Locale,
  { now, zone, hours, stepMinutes }: { now: Date; zone: string; hours: number; stepMinutes: number },
): string[] {
  const step = stepMinutes * 60_000;
  const first = Math.ceil(now.getTime() / step) * step;
  const count = Math.floor((hours * 60) / stepMinutes);
  return Array.from({ length: count }, (_, index) =>
    spokenTime(locale, { before: new Date(first + index * step), now, zone }),
  );
}

const DAYS = {
  fr: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

/** "10 heures 40", "demain 9 heures", "lundi 9 heures"; "10 40", "9 o'clock tomorrow". */
function spokenTime(locale: Locale, { before, now, zone }: Pick<Spoken, 'before' | 'now' | 'zone'>): string {
  const { clock: inClock, weekday } = formatsOf(zone);
  const [hour = 0, minute = 0] = inClock.format(before).split(':').map(Number);
  const days = daysBetween(now, before, zone);
  const day = DAYS[locale][DAYS.en.indexOf(weekday.format(before))] ?? '';
  if (locale === 'en') {
    const clock =
      minute === 0 ? `${hour % 12 || 12} o'clock` : `${hour % 12 || 12} ${minute < 10 ? `oh ${minute}` : minute}`;
    return days === 0 ? clock : `${clock} ${days === 1 ? 'tomorrow' : `on ${day}`}`;
  }
  const clock = `${hour} heure${hour === 1 ? '' : 's'}${minute === 0 ? '' : ` ${minute}`}`;
  return days === 0 ? clock : `${days === 1 ? 'demain' : day} ${clock}`;
}

interface Formats {
  clock: Intl.DateTimeFormat;
  weekday: Intl.DateTimeFormat;
}
const formats = new Map<string, Formats>();

/** To make one takes as long as to decide for the call. */
function formatsOf(timeZone: string): Formats {
  const known = formats.get(timeZone) ?? {
    clock: new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: 'numeric', timeZone }),
    weekday: new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone }),
  };
  formats.set(timeZone, known);
  return known;
}
