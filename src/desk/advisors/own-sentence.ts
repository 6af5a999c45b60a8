import { readWav, SAMPLES_A_SECOND, writeWav } from '../../core/telephony/wav.ts';
import type { Locale } from '../../core/text/typeset.ts';
import type { Actor } from '../actor.ts';
import { forgetBlobs, storeBlob } from '../interactions/blobs.ts';
import { recordChange } from '../people/record-change.ts';
import type { Tx } from '../tx.ts';
import { isOwnCard } from './own-card.ts';

/** A caller who could not be answered waits no longer for the tone. */
export const MOST_SECONDS = 20;

export interface PreparedGreeting {
  /** A WAV file of 16-bit mono sound, 8,000 samples a second. */
  sound: Uint8Array;
  seconds: number;
}

/** A recorded greeting as telephones carry it; or why it is none. Done before the transaction: it takes a while. */
export function prepareGreeting(bytes: Uint8Array): PreparedGreeting | 'no_sound' | 'too_short' | 'too_long' {
  const samples = readWav(bytes);
  if (!samples) return 'no_sound';
  const seconds = Math.round(samples.length / SAMPLES_A_SECOND);
  if (seconds < 1) return 'too_short';
  if (seconds > MOST_SECONDS) return 'too_long';
  return { sound: writeWav(samples), seconds };
}

/** An advisor's own voice greets whoever reaches their voicemail in this language; with null the spoken sentence alone. */
export async function setGreeting(
  tx: Tx,
  actor: Actor,
  { advisorId, locale, greeting }: { advisorId: string; locale: Locale; greeting: PreparedGreeting | null },
): Promise<{ ok: boolean }> {
  if (!isOwnCard(actor, advisorId)) return { ok: false };
  const before = await tx.db
    .deleteFrom('greeting')
    .where('advisorId', '=', advisorId)
    .where('locale', '=', locale)
    .returning('sha256')
    .executeTakeFirst();
  if (greeting)
    await tx.db
      .insertInto('greeting')
      .values({
        advisorId,
        locale,
        sha256: await storeBlob(tx, greeting.sound),
        seconds: greeting.seconds,
        recordedAt: tx.now,
      })
      .execute();
  if (before) await forgetBlobs(tx, [before.sha256]);
  await recordChange(tx, actor, {
    action: greeting ? 'record greeting' : 'remove greeting',
    event: greeting ? 'advisor.greeting_recorded' : 'advisor.greeting_removed',
    advisorId,
    facts: { locale },
  });
  return { ok: true };
}
