/** An SMS, or a part of one, that reached us. */
export interface IncomingSms {
  /** What the other side calls it, when it does. */
  reference: string | null;
  /** The connection it came by. */
  session: string;
  /** E.164 where it is a number at all. */
  from: string;
  to: string;
  text: string;
  group?: { reference: number; size: number; part: number } | undefined;
}

/** What the network says became of a part of ours. */
export interface SmsReceipt {
  reference: string;
  state: 'delivered' | 'undelivered';
  detail: string;
}
