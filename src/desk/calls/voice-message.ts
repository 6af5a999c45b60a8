import { sql } from 'kysely';
import { system } from '../actor.ts';
import { newId } from '../id.ts';
import { storeBlob } from '../interactions/blobs.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import type { Tx } from '../tx.ts';
import { type CallRow, lockCall } from './call-row.ts';
import { callWords, leftMessageWords, withheldWords } from './call-words.ts';
import { lastDecision } from './last-decision.ts';
import { factsOf, hashOfCall } from './timeline.ts';

export interface VoiceMessage {
  callId: string;
  /** A WAV file. */
  sound: Uint8Array;
  seconds: number;
}

/**
 * Puts what a caller said to the voicemail beside their call: on its line of the timeline, or with its item in the tray,
 * which a caller without a number gets for this. Told twice it is there once. False while nothing is known yet of how the
 * call ended.
 */
export async function keepVoiceMessage(tx: Tx, { callId, sound, seconds }: VoiceMessage): Promise<boolean> {
  const call = await lockCall(tx, callId);
  if (!call) return false;
  const sha256 = await storeBlob(tx, sound);
  if (call.interactionId && call.customerId) {
    const { interactionId, customerId } = call;
    await besideLine(tx, { callId, seconds, sha256, interactionId, customerId });
    return true;
  }
  if (call.trayItemId) {
    await besideItem(tx, call.trayItemId, { callId, seconds, sha256 });
    return true;
  }
  if (!call.missedAt || call.fromPhone || call.customerId) return false;
  await inTray(tx, call, { callId, seconds, sha256 });
  return true;
}

interface Message {
  callId: string;
  seconds: number;
  sha256: Buffer;
}

interface Line {
  interactionId: string;
  customerId: string;
}

async function besideLine(
  tx: Tx,
  { interactionId, customerId, callId, seconds, sha256 }: Message & Line,
): Promise<void> {
  const known = await tx.db
    .selectFrom('attachment')
    .where('interactionId', '=', interactionId)
    .where('sha256', '=', sha256)
    .select('id')
    .executeTakeFirst();
  if (known) return;
  const { locale } = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select('locale')
    .executeTakeFirstOrThrow();
  await tx.db
    .insertInto('attachment')
    .values({ id: newId(), customerId, interactionId, position: 0, contentId: null, ...fileOf(locale, sha256) })
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
}

/** With the item in the tray; on the timeline when somebody has sorted it by now. */
async function besideItem(tx: Tx, trayItemId: string, message: Message): Promise<void> {
  const item = await tx.db
    .selectFrom('trayItem')
    .leftJoin('interaction', 'interaction.id', 'trayItem.interactionId')
    .where('trayItem.id', '=', trayItemId)
    .select(['trayItem.interactionId', 'interaction.customerId'])
    .forUpdate('trayItem')
    .executeTakeFirstOrThrow();
  if (item.interactionId && item.customerId)
    return besideLine(tx, { ...message, interactionId: item.interactionId, customerId: item.customerId });
  const { callId, seconds, sha256 } = message;
  const locale = await operatorLocale(tx);
  const added = await tx.db
    .insertInto('trayAttachment')
    .values({ trayItemId, position: 0, contentId: null, ...fileOf(locale, sha256) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('position')
    .executeTakeFirst();
  if (!added) return;
  const said = leftMessageWords(locale, seconds);
  await tx.db
    .updateTable('trayItem')
    .set({ text: sql<string>`text || ${` ${said}`}` })
    .where('id', '=', trayItemId)
    .execute();
  await tx.record({ type: 'call.message_left', facts: { callId, trayItemId, seconds } });
}

/** Nothing but their voice says who called. They heard by when they are answered. */
async function inTray(tx: Tx, call: CallRow, { callId, seconds, sha256 }: Message): Promise<void> {
  const locale = await operatorLocale(tx);
  const { subject, text } = callWords(locale, await factsOf(tx, call));
  const fallback = (await lastDecision(tx, call))?.fallback;
  const received = await receiveInteraction(tx, system, {
    channel: 'call',
    at: call.missedAt ?? call.invitedAt,
    from: { name: withheldWords(locale) },
    proven: false,
    subject,
    text: `${text} ${leftMessageWords(locale, seconds)}`,
    contentHash: hashOfCall(callId),
    answerBefore: fallback ? new Date(fallback.dueAt) : null,
    acknowledge: false,
    attachments: [fileOf(locale, sha256)],
  });
  if (received.kind === 'tray')
    await tx.db.updateTable('call').set({ trayItemId: received.id }).where('id', '=', callId).execute();
  await tx.record({ type: 'call.message_left', facts: { callId, trayItemId: received.id, seconds } });
}

const fileOf = (locale: 'fr' | 'en', sha256: Buffer) => ({
  filename: locale === 'en' ? 'voice-message.wav' : 'message-vocal.wav',
  contentType: 'audio/wav',
  sha256,
});

async function operatorLocale(tx: Tx): Promise<'fr' | 'en'> {
  const row = await tx.db.selectFrom('operator').select('locale').executeTakeFirst();
  return row?.locale ?? 'fr';
}
