import { MOST_PARTS, plainSms, smsParts } from '../../core/sms/parts.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';

export type SmsKind = 'acknowledgement' | 'reply' | 'commitment' | 'stop' | 'advisor_change';

export interface NewSms {
  kind: SmsKind;
  /** A number on file that takes SMS: see `mobileOf`. */
  to: string;
  text: string;
  /** Where it leads, at the end of it. */
  link?: string;
  customerId: string;
  caseFileId?: string | null;
  interactionId?: string | null;
  /** In whose name. */
  advisorId?: string | null;
  /** Written by the program, not by a person. */
  automatic: boolean;
  leaveAfter?: Date;
}

/** Writes an SMS that leaves after the commit. Throws for one of more than ten parts: the caller has said so before. */
export async function writeSms(tx: Tx, sms: NewSms): Promise<string> {
  const id = newId();
  const { link, leaveAfter = tx.now, kind, customerId, automatic } = sms;
  const text = [plainSms(sms.text), link].filter(Boolean).join(' ');
  const { parts } = smsParts(text);
  if (parts.length > MOST_PARTS) throw new Error('an SMS of more than ten parts was not refused');
  await tx.insert('outgoingSms', {
    id,
    kind,
    toPhone: sms.to,
    text,
    parts: parts.length,
    customerId,
    caseFileId: sms.caseFileId ?? null,
    interactionId: sms.interactionId ?? null,
    advisorId: sms.advisorId ?? null,
    automatic,
    createdAt: tx.now,
    leaveAfter,
  });
  await tx.enqueue('send-sms', { id }, leaveAfter);
  return id;
}
