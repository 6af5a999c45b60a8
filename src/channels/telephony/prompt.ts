import { createHash } from 'node:crypto';
import type { Locale } from '../../core/text/typeset.ts';

/** A sentence as sound: the name of its file (without `.wav`) and how long it lasts. */
export interface Prompt {
  id: string;
  ms: number;
  /** It is being spoken: its file comes soon, or never when the voice fails. `ms`: the longest it can be. */
  soon?: boolean;
}

/** The name of the first of these sentences that lasts at most so long, before it is known which one that is. */
export const promptName = (voice: readonly string[], locale: Locale, sentences: readonly string[], mostMs: number) =>
  nameOf([voice, locale, sentences, mostMs]);

/** The name of one sentence. */
export const sentenceName = (voice: readonly string[], locale: Locale, sentence: string) =>
  nameOf([voice, locale, sentence]);

const nameOf = (words: unknown): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);

/** Of a day's times and names. What is forgotten is found again as a file. */
const MOST_KNOWN = 5_000;

/** Keeps the newest: times and names change, and a process runs for months. */
export function forgetOldest(known: Map<string, unknown> | Set<string>): void {
  for (const name of known.keys()) {
    if (known.size <= MOST_KNOWN) return;
    known.delete(name);
  }
}
