import { type Locale, typeset } from '../../../core/text/typeset.ts';
import type { CheckName, Finding } from './finding.ts';
import { english } from './words-en.ts';
import { french } from './words-fr.ts';

/** What is wrong, from a count and examples; and how to mend it. */
export type Words = Record<CheckName, { wrong: (count: number, examples: string) => string; mend: string }>;

const catalogue: Record<Locale, Words> = { fr: french, en: english };

/** A finding in words: what is wrong, and how to mend it. */
export function findingWords(locale: Locale, { check, count, examples }: Finding): { wrong: string; mend: string } {
  const { wrong, mend } = catalogue[locale][check];
  const shown = examples.length < count ? `${examples.join(', ')}…` : examples.join(', ');
  return { wrong: typeset(wrong(count, shown), locale), mend: typeset(mend, locale) };
}
