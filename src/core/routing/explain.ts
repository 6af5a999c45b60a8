import { type Locale, typeset } from '../text/typeset.ts';
import { ENGLISH } from './explain-en.ts';
import { FRENCH } from './explain-fr.ts';
import type { Reason } from './reasons.ts';
import type { Sentences, Told, Words } from './sentences.ts';

/** The reason as one or two sentences. */
export function explain(reason: Reason, locale: Locale, words: Words): string {
  const sentences: Sentences = locale === 'fr' ? FRENCH : ENGLISH;
  // The table has one entry for each code, made for that code's facts; the compiler cannot pair the two unions.
  const sentence = sentences[reason.code] as (reason: Reason, told: Told) => string;
  return typeset(sentence(reason, { ...words, style: { locale, zone: words.timeZone } }), locale);
}

/** Whether there are words for it: a stored reason may be of a version that gave others. */
export function hasWords({ code }: { readonly code: string }): boolean {
  return Object.hasOwn(ENGLISH, code);
}

/** All the reasons of a decision or task, in order. */
export function explainAll(reasons: readonly Reason[], locale: Locale, words: Words): string[] {
  return reasons.map((reason) => explain(reason, locale, words));
}
