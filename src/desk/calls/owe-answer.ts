import { system } from '../actor.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import type { Tx } from '../tx.ts';
import { type CallChanges, type CallRow, changeCall } from './call-row.ts';
import { callWords } from './call-words.ts';
import { factsOf, filesOfCallsOnly, hashOfCall } from './timeline.ts';

/**
 * A missed call is owed an answer like a message, by the time the caller heard if they heard one. A customer who called
 * three times is one matter. Without a number nobody could be rung back: then the call stays on record and is owed
 * nothing, unless its caller leaves a message. `changes`: what else changes of the call.
 */
export async function oweAnswer(
  tx: Tx,
  call: CallRow,
  answerBefore: Date | null = null,
  changes: CallChanges = {},
): Promise<void> {
  if (!call.fromPhone && !call.customerId) return changeCall(tx, call.id, changes);
  const { subject, text } = callWords(await localeOf(tx, call.customerId), await factsOf(tx, call));
  const [matter] = call.customerId ? await filesOfCallsOnly(tx, call.customerId) : [];
  const received = await receiveInteraction(tx, system, {
    channel: 'call',
    at: call.missedAt ?? call.invitedAt,
    from: { phone: call.fromPhone, customerId: call.customerId },
    proven: false,
    subject,
    text,
    caseFileId: matter?.id ?? null,
    contentHash: hashOfCall(call.id),
    answerBefore,
    acknowledge: false,
  });
  const place = received.kind === 'tray' ? { trayItemId: received.id } : { interactionId: received.id };
  await changeCall(tx, call.id, { ...changes, ...place });
}

/** The customer's language, or the operator's for the tray. */
async function localeOf(tx: Tx, customerId: string | null): Promise<'fr' | 'en'> {
  const row = customerId
    ? await tx.db.selectFrom('customer').where('id', '=', customerId).select('locale').executeTakeFirst()
    : await tx.db.selectFrom('operator').select('locale').executeTakeFirst();
  return row?.locale ?? 'fr';
}
