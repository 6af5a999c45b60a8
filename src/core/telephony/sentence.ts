import { joinVoices } from './loudness.ts';
import { SAMPLES_A_SECOND } from './wav.ts';

/** What an advisor recorded in their own voice: the name of its file (without `.wav`). */
export interface Recorded {
  readonly recorded: string;
}

/** Words that are spoken; or parts heard one after the other, some of them recorded. */
export type Sentence = string | readonly (string | Recorded)[];

/** Nothing said before an answer is longer. */
export const BEFORE_ANSWER_MS = 6_000;

/** Where the sound of parts comes from; undefined: it is not to be had. */
export interface Sounds {
  spoken(words: string): Promise<Int16Array | undefined>;
  recorded(name: string): Promise<Int16Array | undefined>;
}

/** A sentence of parts as sound: what was recorded as it is kept, what is spoken as loud as that. */
export async function soundOfParts(
  parts: Exclude<Sentence, string>,
  { spoken, recorded }: Sounds,
): Promise<Int16Array | undefined> {
  const sounds = await Promise.all(
    parts.map(async (part) =>
      typeof part === 'string'
        ? { sound: await spoken(part), isKept: false }
        : { sound: await recorded(part.recorded), isKept: true },
    ),
  );
  return joinVoices(sounds);
}

/** How long sound lasts, in whole packets of 20 ms. */
export const msOf = (samples: Int16Array): number => Math.ceil((samples.length / SAMPLES_A_SECOND) * 50) * 20;
