import { joinVoices } from './loudness.ts';
import { SAMPLES_A_SECOND } from './wav.ts';

/** What an advisor recorded in their own voice: the name of its file (without `.wav`). */
export interface Recorded {
  readonly recorded: string;
}

/** Heard one after the other: words that are spoken, and what was recorded. */
export type Parts = readonly (string | Recorded)[];

export type Sentence = string | Parts;

/** Nothing said before an answer is longer. */
export const BEFORE_ANSWER_MS = 6_000;

/** Where the sound of parts comes from, each as `evenVoice` left it; undefined: it is not to be had. */
export interface Sounds {
  spoken(words: string): Promise<Int16Array | undefined>;
  recorded(name: string): Promise<Int16Array | undefined>;
}

/** A sentence as sound: its parts, one after the other. Undefined when one is missing. */
export async function soundOfParts(parts: Parts, { spoken, recorded }: Sounds): Promise<Int16Array | undefined> {
  const sounds = await Promise.all(
    parts.map((part) => (typeof part === 'string' ? spoken(part) : recorded(part.recorded))),
  );
  return joinVoices(sounds);
}

/** How long sound lasts, in whole packets of 20 ms. */
export const msOf = (samples: Int16Array): number => Math.ceil((samples.length / SAMPLES_A_SECOND) * 50) * 20;
