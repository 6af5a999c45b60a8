import type { Kysely } from 'kysely';
import { evenVoice } from '../../core/telephony/loudness.ts';
import { BEFORE_ANSWER_MS, msOf, type Sounds, soundOfParts } from '../../core/telephony/sentence.ts';
import { offerWords } from '../../core/telephony/spoken-words.ts';
import { readWav, writeWav } from '../../core/telephony/wav.ts';
import type { Locale } from '../../core/text/typeset.ts';
import { speak } from '../../platform/speak.ts';
import type { DB } from '../tables.ts';

/** Only an example: today at 10:40. */
const EXAMPLE = { now: new Date('2026-01-05T10:00:00Z'), before: new Date('2026-01-05T10:40:00Z'), zone: 'UTC' };

/**
 * The offer as a caller would hear it while this advisor is on a call, as a WAV file: what they recorded, and around it
 * what is spoken. Undefined when the voice cannot speak here.
 */
export async function hearOffer(
  db: Kysely<DB>,
  voice: readonly string[],
  { advisorId, name, locale }: { advisorId: string; name: string; locale: Locale },
): Promise<Uint8Array | undefined> {
  const own = await db
    .selectFrom('ownSentence')
    .innerJoin('blob', 'blob.sha256', 'ownSentence.sha256')
    .where('advisorId', '=', advisorId)
    .where('locale', '=', locale)
    .select(['kind', 'bytes'])
    .execute();
  const recorded = new Map<string, Int16Array | undefined>(own.map(({ kind, bytes }) => [kind, readWav(bytes)]));
  const sounds: Sounds = {
    spoken: async (words) => {
      const sound = await speak(voice, locale, words).then(readWav, () => undefined);
      return sound && evenVoice(sound);
    },
    recorded: async (kind) => recorded.get(kind),
  };
  const has = (kind: 'opening' | 'ending') => (recorded.has(kind) ? kind : undefined);
  const facts = { ...EXAMPLE, ownName: name, byName: name, ownIs: 'onCall' as const };
  for (const parts of offerWords(locale, facts, { opening: has('opening'), ending: has('ending') })) {
    const sound = await soundOfParts(parts, sounds);
    if (sound && msOf(sound) <= BEFORE_ANSWER_MS) return writeWav(sound);
  }
  return undefined;
}
