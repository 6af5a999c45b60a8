import type { IncomingSms, SmsReceipt } from '../../desk/sms/incoming-sms.ts';

/** One SMS on its way out. */
export interface SmsToSend {
  id: string;
  from: string;
  /** E.164. */
  to: string;
  text: string;
  /** Parts the other side accepted at an earlier attempt, by their place (0, 1 …). */
  accepted: readonly number[];
  attempts: number;
}

/**
 * How handing over ended. `refused`: they never will. `later`: not now, and they certainly have not got it. `unknown`: the
 * line broke after it was handed over; they may have it.
 */
export type HandedOver =
  | { kind: 'accepted' }
  | { kind: 'refused'; why: string }
  | { kind: 'later'; why: string; soon?: boolean }
  | { kind: 'unknown'; why: string };

/** Told for each part as soon as it is accepted, under the name the other side gave it. */
export type PartAccepted = (part: number, reference: string) => Promise<void>;

/** What a link hands to us; it answers the other side only when these have resolved. */
export interface SmsTaker {
  message(sms: IncomingSms): Promise<void>;
  receipt(receipt: SmsReceipt): Promise<void>;
}

/** A way for SMS to leave: an SMSC, or a gateway. */
export interface SmsLink {
  send(sms: SmsToSend, accepted: PartAccepted): Promise<HandedOver>;
  stop(): Promise<void>;
}
