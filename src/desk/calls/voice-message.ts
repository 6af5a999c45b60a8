import { sql } from 'kysely';
import { newId } from '../id.ts';
import { storeBlob } from '../interactions/blobs.ts';
import type { Tx } from '../tx.ts';
import { lockCall } from './call-row.ts';
import { leftMessageWords } from './call-words.ts';

export interface VoiceMessage {
  callId: string;
  /** A WAV file. */
  sound: Uint8Array;
  seconds: number;
}

/**
 * Puts what a caller said to the voicemail beside their call, as an attachment of its line on the timeline. Told twice it
 * is there once. False while the call is not on a timeline yet.
 */
export async function keepVoiceMessage(tx: Tx, { callId, sound, seconds }: VoiceMessage): Promise<boolean> {
  const call = await lockCall(tx, callId);
  if (!call?.interactionId || !call.customerId) return false;
  const { interactionId, customerId } = call;
  const sha256 = await storeBlob(tx, sound);
  const known = await tx.db
    .selectFrom('attachment')
    .where('interactionId', '=', interactionId)
    .where('sha256', '=', sha256)
    .select('id')
    .executeTakeFirst();
  if (known) return true;
  const { locale } = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select('locale')
    .executeTakeFirstOrThrow();
  await tx.db
    .insertInto('attachment')
    .values({
      id: newId(),
      customerId,
      interactionId,
      position: 0,
      filename: locale === 'en' ? 'voice-message.wav' : 'message-vocal.wav',
      contentType: 'audio/wav',
      contentId: null,
      sha256,
    })
    .execute();
  const said = leftMessageWords(locale, seconds);
  const { caseFileId } = await tx.db
    .updateTable('interaction')
    .set({ text: sql<string>`text || ${` ${said}`}` })
    .where('id', '=', interactionId)
    .returning('caseFileId')
    .executeTakeFirstOrThrow();
  await tx.record({
    type: 'call.message_left',
    customerId,
    advisorId: null,
    caseFileId,
    facts: { callId, interactionId, seconds },
  });
  return true;
}
