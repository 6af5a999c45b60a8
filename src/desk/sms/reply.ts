import { MOST_PARTS, plainSms, smsParts } from '../../core/sms/parts.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { mobileOf } from './mobile.ts';

export interface SmsAsked {
  by?: 'mail' | 'sms' | undefined;
  text: string;
  customerId: string;
  advisorId: string;
  last: { channel: string; party: string } | undefined;
  attachments?: readonly unknown[];
}

/**
 * An answer by SMS: the number on file it goes to and its words, signed. Undefined when it goes another way: the customer
 * did not write by SMS, has no mobile, wrote STOP, or files go with it. A refusal when SMS was asked for and cannot be.
 */
export async function smsReply(
  tx: Tx,
  asked: SmsAsked,
): Promise<{ to: string; text: string } | { why: 'no_sms' | 'too_long' } | undefined> {
  const { by, last, customerId, attachments = [] } = asked;
  if (by === 'mail' || (by === undefined && (last?.channel !== 'sms' || attachments.length > 0))) return undefined;
  const to = await mobileOf(tx.db, customerId, last?.party);
  if (!to || attachments.length > 0) return by === 'sms' ? { why: 'no_sms' } : undefined;
  const { advisors } = await readRoster(tx.db, tx.now);
  const text = signedSms(asked.text, advisors.get(asked.advisorId)?.name ?? '');
  if (smsParts(text).parts.length > MOST_PARTS) return by === 'sms' ? { why: 'too_long' } : undefined;
  return { to, text };
}

function signedSms(text: string, name: string): string {
  return `${plainSms(text)}\n${plainSms(name)}`;
}
