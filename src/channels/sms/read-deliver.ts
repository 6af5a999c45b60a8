import type { Pdu } from 'smpp';
import { normalisePhone } from '../../core/identity/phone.ts';
import type { IncomingSms, SmsReceipt } from '../../desk/sms/incoming-sms.ts';

export type Delivered =
  | ({ kind: 'message' } & Omit<IncomingSms, 'session'>)
  | ({ kind: 'receipt' } & SmsReceipt)
  | { kind: 'nothing' };

const RECEIPT = 0x04;
const KIND_OF_MESSAGE = 0x3c;
/** Delivered, and those after which nothing more comes (SMPP 3.4, 5.2.28). */
const FINAL: Record<string, SmsReceipt['state']> = {
  DELIVRD: 'delivered',
  ACCEPTD: 'delivered',
  EXPIRED: 'undelivered',
  DELETED: 'undelivered',
  UNDELIV: 'undelivered',
  REJECTD: 'undelivered',
};
const STATES: Record<number, string> = {
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  8: 'REJECTD',
};

/** What a deliver_sm says: somebody's SMS (or a part of it), or what became of one of ours. Never throws. */
export function readDeliver(pdu: Pdu): Delivered {
  const { text, udh } = contentOf(pdu);
  if (((pdu.esm_class ?? 0) & KIND_OF_MESSAGE) === RECEIPT) return receiptOf(pdu, text);
  return {
    kind: 'message',
    reference: pdu.receipted_message_id || null,
    from: normalisePhone(international(pdu.source_addr ?? '')) ?? (pdu.source_addr ?? '').slice(0, 40),
    to: (pdu.destination_addr ?? '').slice(0, 40),
    text,
    group: groupOf(pdu, udh),
  };
}

/** SMSCs leave the plus out; short codes have no country. */
function international(address: string): string {
  return /^[1-9]\d{9,14}$/.test(address) ? `+${address}` : address;
}

function contentOf({ short_message, message_payload }: Pdu): { text: string; udh: Buffer[] } {
  const short = typeof short_message === 'object' ? short_message : undefined;
  const payload =
    typeof message_payload === 'object' && !Buffer.isBuffer(message_payload)
      ? message_payload?.message
      : message_payload;
  const message = short?.message?.length ? short.message : (payload ?? '');
  // Binary content (a picture, a ring tone) is no text: what can be read of it is.
  const text = Buffer.isBuffer(message) ? message.toString('latin1') : String(message);
  return { text: text.replaceAll('\0', ''), udh: short?.udh ?? [] };
}

/** Parts of a long SMS: by the header in the message (8 or 16 bit reference), or by its own parameters. */
function groupOf(pdu: Pdu, udh: readonly Buffer[]): IncomingSms['group'] {
  const group = fromHeader(udh) ?? {
    reference: pdu.sar_msg_ref_num ?? 0,
    size: pdu.sar_total_segments ?? 0,
    part: pdu.sar_segment_seqnum ?? 0,
  };
  return group.size > 1 && group.part >= 1 && group.part <= group.size ? group : undefined;
}

function fromHeader(udh: readonly Buffer[]): IncomingSms['group'] {
  for (const element of udh) {
    const [kind, length, ...rest] = element;
    const [a = 0, b = 0, c = 0, d = 0] = rest;
    if (kind === 0 && length === 3) return { reference: a, size: b, part: c };
    if (kind === 8 && length === 4) return { reference: a * 256 + b, size: c, part: d };
  }
  return undefined;
}

function receiptOf(pdu: Pdu, text: string): Delivered {
  const said = (name: string) => new RegExp(`\\b${name}:\\s*([^\\s]+)`, 'i').exec(text)?.[1];
  const reference = pdu.receipted_message_id || said('id');
  const word = STATES[pdu.message_state ?? 0] ?? said('stat')?.toUpperCase() ?? '';
  const state = FINAL[word];
  if (!reference || !state) return { kind: 'nothing' };
  return {
    kind: 'receipt',
    reference: reference.replaceAll('\0', '').slice(0, 200),
    state,
    detail: `${word} ${said('err') ?? ''}`.trim().slice(0, 100),
  };
}
