import { fillIn } from '../../core/text/fill-in.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';

/** What there is to say about a call on a timeline. */
export interface CallFacts {
  direction: 'in' | 'out';
  talked: boolean;
  /** Who talked or dialled, as customers see the name; null when somebody answered whom we do not know. */
  advisor: string | null;
  /** Whose phone rang without an answer, and how long, where the phone system told. */
  others: readonly { name: string; seconds: number | null }[];
  /** How long the phone rang that was answered; null where nobody told. */
  rangSeconds?: number | null;
  /** The offer of a callback: how long it was heard, and whether it was declined; else the caller hung up on it. */
  offer?: { seconds: number; declined: boolean } | null;
  /** How long they talked, or how long it rang; null while nobody knows. */
  seconds: number | null;
  /** Each one who talked, in turn, of a call that was passed on; empty for a call one person took. */
  talks?: readonly { advisor: string; seconds: number | null }[];
  /** As people write it. */
  phone: string | null;
}

const words = {
  subject: { fr: 'Appel', en: 'Call' },
  missedSubject: { fr: 'Appel manqué', en: 'Missed call' },
  spoke: { fr: 'Nous nous sommes parlé au téléphone.', en: 'We spoke on the phone.' },
  tried: { fr: 'Nous avons essayé de vous appeler.', en: 'We tried to call you.' },
  talked: { fr: 'Appel avec {advisor}{long}.', en: 'Call with {advisor}{long}.' },
  afterwards: { fr: ', puis {advisor}{long}', en: ', then {advisor}{long}' },
  talkedUnknown: { fr: 'Appel pris par un collègue{long}.', en: 'Call answered by a colleague{long}.' },
  rangAt: { fr: "D'abord sonné chez {names}.", en: 'First rang at {names}.' },
  missed: { fr: 'Appel manqué{from}{after}.', en: 'Missed call{from}{after}.' },
  missedAt: { fr: 'Sonné chez {names}.', en: 'Rang at {names}.' },
  dialled: { fr: 'Appel {de advisor}{long}.', en: 'Call from {advisor}{long}.' },
  noAnswer: { fr: 'Appel {de advisor}, sans réponse.', en: 'Call from {advisor}, no answer.' },
  withheld: { fr: 'Numéro masqué', en: 'Withheld number' },
  rangFor: { fr: '{name} ({seconds}\u00a0s)', en: '{name} ({seconds} s)' },
  rangBefore: { fr: 'Sonné {seconds}\u00a0s avant la réponse.', en: 'Rang for {seconds} s before the answer.' },
  declinedOffer: {
    fr: 'Proposition de rappel écoutée {seconds}\u00a0s, déclinée.',
    en: 'Offer of a callback heard for {seconds} s, declined.',
  },
  leftOffer: {
    fr: 'A raccroché après {seconds}\u00a0s de la proposition de rappel.',
    en: 'Hung up {seconds} s into the offer of a callback.',
  },
  leftMessage: { fr: 'Message vocal, {seconds}\u00a0s.', en: 'Voice message, {seconds} s.' },
  from: { fr: ' du {phone}', en: ' from {phone}' },
  after: { fr: ' après {seconds}\u00a0s', en: ' after {seconds} s' },
  short: { fr: ", moins d'une minute", en: ', less than a minute' },
  minutes: { fr: ', {n} min', en: ', {n} min' },
} satisfies Record<string, Record<Locale, string>>;

/** The subject and the text of a call on a timeline, in the language of whom it concerns. */
export function callWords(locale: Locale, facts: CallFacts): { subject: string; text: string } {
  const say = sayer(locale);
  const { direction, talked, advisor, others, phone, seconds } = facts;
  const names = others.map((each) => rang(say, each)).join(', ');
  const long = talked ? lasted(say, seconds) : '';
  if (direction === 'out')
    return {
      subject: say('subject'),
      text: say(talked ? 'dialled' : 'noAnswer', hands(say, facts, advisor ?? '', long)),
    };
  if (talked) {
    const first = advisor ? say('talked', hands(say, facts, advisor, long)) : say('talkedUnknown', { long });
    const before = facts.rangSeconds ? say('rangBefore', { seconds: String(facts.rangSeconds) }) : '';
    return {
      subject: say('subject'),
      text: sentences(first, names && say('rangAt', { names }), before, heard(say, facts)),
    };
  }
  const from = phone ? say('from', { phone }) : '';
  const after = seconds === null ? '' : say('after', { seconds: String(seconds) });
  const missed = say('missed', { from, after });
  return {
    subject: say('missedSubject'),
    text: sentences(missed, names && say('missedAt', { names }), heard(say, facts)),
  };
}

/** A phone that was busy, or refused at once, rang for no time that is worth a word. */
function rang(say: Say, { name, seconds }: CallFacts['others'][number]): string {
  return seconds ? say('rangFor', { name, seconds: String(seconds) }) : name;
}

function heard(say: Say, { offer }: CallFacts): string {
  if (!offer) return '';
  return say(offer.declined ? 'declinedOffer' : 'leftOffer', { seconds: String(offer.seconds) });
}

/** "Ana Perrin, 3 min, puis Bruno Cattin, 5 min": the last one's time ends the sentence. */
function hands(say: Say, { talks = [] }: CallFacts, advisor: string, long: string): { advisor: string; long: string } {
  const [first, ...others] = talks;
  if (!first) return { advisor, long };
  const later = others.map((each) => say('afterwards', { advisor: each.advisor, long: lasted(say, each.seconds) }));
  return { advisor: first.advisor, long: [lasted(say, first.seconds), ...later].join('') };
}

/** Said of a caller who left a message. */
export const leftMessageWords = (locale: Locale, seconds: number): string =>
  sayer(locale)('leftMessage', { seconds: String(seconds) });

/** In place of the number of somebody who withheld it. */
export const withheldWords = (locale: Locale): string => sayer(locale)('withheld');

/** What closes a matter that was only a call. */
export const spokeWords = (locale: Locale): string => sayer(locale)('spoke');

/** What closes a matter that was only a call of ours nobody answered. */
export const triedWords = (locale: Locale): string => sayer(locale)('tried');

type Say = (key: keyof typeof words, filled?: Record<string, string>) => string;

function sayer(locale: Locale): Say {
  return (key, filled = {}) =>
    typeset(
      fillIn(words[key][locale], (name) => filled[name] ?? ''),
      locale,
    );
}

function lasted(say: Say, seconds: number | null): string {
  if (seconds === null) return '';
  return seconds < 60 ? say('short') : say('minutes', { n: String(Math.round(seconds / 60)) });
}

function sentences(...parts: string[]): string {
  return parts.filter(Boolean).join(' ');
}
