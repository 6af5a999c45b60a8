import { evenVoice, isSpoken } from '../../core/telephony/loudness.ts';
import { readWav, SAMPLES_A_SECOND, writeWav } from '../../core/telephony/wav.ts';
import type { Locale } from '../../core/text/typeset.ts';
import type { Actor } from '../actor.ts';
import { forgetBlobs, storeBlob } from '../interactions/blobs.ts';
import { recordChange } from '../people/record-change.ts';
import type { Tx } from '../tx.ts';
import { isOwnCard } from './own-card.ts';

/** What an advisor records in their own voice: for the voicemail, and of an offer what is heard before and after its time. */
export type SentenceKind = 'greeting' | 'opening' | 'ending';

/** A caller who could not be answered waits no longer for the tone. */
const GREETING_MOST_MS = 20_000;
/** Both halves: an offer lasts six seconds, and its time, spoken between them, takes up to 1.3. */
const OFFER_MOST_MS = 4_700;

export interface PreparedSentence {
  /** A WAV file of 16-bit mono sound, 8,000 samples a second. */
  sound: Uint8Array;
  ms: number;
}

export type NotPrepared = 'no_sound' | 'greeting_too_short' | 'greeting_too_long' | 'nobody_speaks';

/**
 * What was recorded as telephones carry it; or why it is none. Words of an offer lose the silence around them and are made
 * as loud as what is spoken between them. Done before the transaction: it takes a while.
 */
export function prepareSentence(kind: SentenceKind, bytes: Uint8Array): PreparedSentence | NotPrepared {
  const samples = readWav(bytes);
  if (!samples) return 'no_sound';
  if (kind === 'greeting') {
    const seconds = Math.round(msOf(samples) / 1_000);
    if (seconds < 1) return 'greeting_too_short';
    return msOf(samples) < GREETING_MOST_MS + 500 ? prepared(samples) : 'greeting_too_long';
  }
  return isSpoken(samples) ? prepared(evenVoice(samples)) : 'nobody_speaks';
}

const msOf = (samples: Int16Array) => Math.round((samples.length / SAMPLES_A_SECOND) * 1_000);
const prepared = (samples: Int16Array): PreparedSentence => ({ sound: writeWav(samples), ms: msOf(samples) });

export interface SetSentence {
  advisorId: string;
  kind: SentenceKind;
  locale: Locale;
  sentence: PreparedSentence | null;
}

export type SentenceSet =
  | { ok: true }
  | { ok: false; why: 'not_own' }
  | { ok: false; why: 'offer_too_long'; ms: number };

/** An advisor's own voice is heard where one was recorded for this, in this language; with null the spoken words alone. */
export async function setSentence(
  tx: Tx,
  actor: Actor,
  { advisorId, kind, locale, sentence }: SetSentence,
): Promise<SentenceSet> {
  if (!isOwnCard(actor, advisorId)) return { ok: false, why: 'not_own' };
  const ms = (sentence?.ms ?? 0) + (await otherHalfMs(tx, { advisorId, kind, locale }));
  if (sentence && kind !== 'greeting' && ms > OFFER_MOST_MS) return { ok: false, why: 'offer_too_long', ms };
  const before = await tx.db
    .deleteFrom('ownSentence')
    .where('advisorId', '=', advisorId)
    .where('kind', '=', kind)
    .where('locale', '=', locale)
    .returning('sha256')
    .executeTakeFirst();
  if (sentence) {
    const sha256 = await storeBlob(tx, sentence.sound);
    const row = { advisorId, kind, locale, sha256, ms: sentence.ms, recordedAt: tx.now };
    await tx.db.insertInto('ownSentence').values(row).execute();
  }
  if (before) await forgetBlobs(tx, [before.sha256]);
  await recordChange(tx, actor, {
    action: sentence ? 'record own sentence' : 'remove own sentence',
    event: sentence ? 'advisor.sentence_recorded' : 'advisor.sentence_removed',
    advisorId,
    facts: { kind, locale },
  });
  return { ok: true };
}

/** The voice of who leaves is nobody's any more. */
export async function forgetOwnSentences(tx: Tx, advisorId: string): Promise<void> {
  const gone = await tx.db.deleteFrom('ownSentence').where('advisorId', '=', advisorId).returning('sha256').execute();
  await forgetBlobs(
    tx,
    gone.map(({ sha256 }) => sha256),
  );
}

/** Of an offer: how long the other recorded half is. */
async function otherHalfMs(tx: Tx, { advisorId, kind, locale }: Omit<SetSentence, 'sentence'>): Promise<number> {
  if (kind === 'greeting') return 0;
  const other = await tx.db
    .selectFrom('ownSentence')
    .where('advisorId', '=', advisorId)
    .where('kind', '=', kind === 'opening' ? 'ending' : 'opening')
    .where('locale', '=', locale)
    .select('ms')
    .executeTakeFirst();
  return other?.ms ?? 0;
}
