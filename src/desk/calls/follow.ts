import { createHash } from 'node:crypto';
import { system } from '../actor.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import type { Tx } from '../tx.ts';

export interface CallEvent {
  callId: string;
  kind: 'ringing' | 'answered' | 'missed' | 'ended';
  at: Date;
  /** Place in the ring list. */
  attempt: number;
}

/**
 * Takes one event of a call into its row. Events may come twice, late, swapped, or to two processes: an answer is final,
 * a call is missed once, and a missed call leaves one interaction with its commitment (or one tray item).
 */
export async function followCall(tx: Tx, event: CallEvent): Promise<void> {
  const call = await tx.db.selectFrom('call').where('id', '=', event.callId).selectAll().forUpdate().executeTakeFirst();
  if (!call) return;
  const advisorId = call.ringList[event.attempt] ?? null;
  const tell = (advisor: string | null) =>
    tx.record({
      type: `call.${event.kind}`,
      customerId: call.customerId,
      advisorId: advisor,
      facts: { callId: call.id },
    });
  const set = (values: { answeredAt?: Date; answeredBy?: string | null; missedAt?: Date; endedAt?: Date }) =>
    tx.db.updateTable('call').set(values).where('id', '=', call.id).execute();
  const over = call.answeredAt ?? call.missedAt;
  if (event.kind === 'ringing' && !over) await tell(advisorId);
  if (event.kind === 'answered' && !over) {
    await set({ answeredAt: event.at, answeredBy: advisorId });
    await tell(advisorId);
  }
  if (event.kind === 'ended' && !call.endedAt) {
    await set({ endedAt: event.at });
    await tell(call.answeredBy);
  }
  if (event.kind === 'missed' && !over) {
    await set({ missedAt: event.at });
    await tell(null);
    await owe(tx, { ...call, missedAt: event.at });
  }
}

/** A missed call is owed an answer like a message. Without a number nobody could be rung back. */
async function owe(tx: Tx, call: { id: string; fromPhone: string | null; missedAt: Date }): Promise<void> {
  if (!call.fromPhone) return;
  await receiveInteraction(tx, system, {
    channel: 'call',
    at: call.missedAt,
    from: { phone: call.fromPhone },
    proven: false,
    subject: 'Appel manqué',
    text: `Appel manqué du ${call.fromPhone}.`,
    contentHash: createHash('sha256').update(`call ${call.id}`).digest(),
    acknowledge: false,
  });
}
