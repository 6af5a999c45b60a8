import type { DateStyle } from '../text/dates.ts';
import { type Locale, typeset } from '../text/typeset.ts';
import { ENGLISH } from './explain-en.ts';
import { FRENCH } from './explain-fr.ts';
import type { Reason, ReasonCode } from './reasons.ts';
import type { AdvisorId } from './situation.ts';

/** What the words need besides the reason: names, and for when and where times are told. */
export interface Words {
  /** How an advisor is shown: full name or first name. */
  readonly nameOf: (advisorId: AdvisorId) => string;
  /** IANA name of the territory's zone. */
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The reason as one or two sentences. */
export function explain(reason: Reason, locale: Locale, words: Words): string {
  const sentences: Sentences = locale === 'fr' ? FRENCH : ENGLISH;
  const style: DateStyle = { locale, zone: words.timeZone };
  // The table has one entry for each code, made for that code's facts; the compiler cannot pair the two unions.
  const sentence = sentences[reason.code] as (reason: Reason, told: Told) => string;
  return typeset(sentence(reason, { ...words, style }), locale);
}

/** All the reasons of a decision or task, in order. */
export function explainAll(reasons: readonly Reason[], locale: Locale, words: Words): string[] {
  return reasons.map((reason) => explain(reason, locale, words));
}

export interface Told extends Words {
  readonly style: DateStyle;
}

export type ReasonOf<Code extends ReasonCode, R = Reason> = R extends { readonly code: infer Codes }
  ? Code extends Codes
    ? R
    : never
  : never;

/** A sentence for each code; a language that lacks one does not compile. */
export type Sentences = { readonly [Code in ReasonCode]: (reason: ReasonOf<Code>, told: Told) => string };
