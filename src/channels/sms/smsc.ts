import { createHash } from 'node:crypto';
import type { Pdu } from 'smpp';
import { smsParts } from '../../core/sms/parts.ts';
import type { Log } from '../../platform/log/log.ts';
import type { HandedOver, PartAccepted, SmsLink, SmsTaker, SmsToSend } from './port.ts';
import { readDeliver } from './read-deliver.ts';
import { type BoundSession, bindSession, statusName } from './session.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Keeps one bound session with the operator's SMSC, and connects again whenever it is lost. */
export function smscLink(url: string, taker: SmsTaker, log: Log): SmsLink {
  let stopped = false;
  let session: BoundSession | undefined;
  let pause = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  const again = (why: string) => {
    session = undefined;
    if (stopped) return;
    log.warn({ why }, 'no session with the SMSC; connecting again');
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };
  const onDeliver = async (pdu: Pdu, id: string): Promise<boolean> => {
    try {
      await take(taker, pdu, id);
      return true;
    } catch (error) {
      log.error({ err: error }, 'an SMS could not be stored; the SMSC keeps it');
      return false;
    }
  };
  const open = () => {
    bindSession(url, { onDeliver, onEnd: again }).then(
      (bound) => {
        session = bound;
        pause = FIRST_PAUSE_MS;
        if (stopped) bound.close();
      },
      (error: Error) => again(error.message),
    );
  };
  open();
  return {
    send: (sms, accepted) =>
      session
        ? submit(session, sms, accepted)
        : Promise.resolve({ kind: 'later', why: 'no session with the SMSC', soon: true }),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      session?.close();
    },
  };
}

async function take(taker: SmsTaker, pdu: Pdu, session: string): Promise<void> {
  const read = readDeliver(pdu);
  if (read.kind === 'receipt') await taker.receipt(read);
  if (read.kind === 'message') await taker.message({ ...read, session });
}

/** Submits the parts that were not accepted yet, one after the other. */
async function submit(session: BoundSession, sms: SmsToSend, accepted: PartAccepted): Promise<HandedOver> {
  const { parts, gsm } = smsParts(sms.text);
  for (const [index, text] of parts.entries()) {
    if (sms.accepted.includes(index)) continue;
    const answer = await session.submit({
      ...addresses(sms),
      registered_delivery: 1,
      data_coding: gsm ? 0 : 8,
      short_message: {
        message: text,
        ...(parts.length > 1 ? { udh: Buffer.from([5, 0, 3, groupOf(sms.id), parts.length, index + 1]) } : {}),
      },
      ...(parts.length > 1 ? { esm_class: 0x40 } : {}),
    });
    if (!answer) return { kind: 'unknown', why: 'the SMSC did not say whether it has it' };
    if (answer.command_status !== 0) return judge(answer.command_status);
    await accepted(index, answer.message_id ?? '');
  }
  return { kind: 'accepted' };
}

/** Types of number (SMPP 3.4, 5.2.5): international in full, a name, else as the network numbers. */
function addresses({ from, to }: SmsToSend) {
  const [source_addr_ton, source_addr_npi] = from.startsWith('+') ? [1, 1] : /[A-Za-z]/.test(from) ? [5, 0] : [3, 0];
  return {
    source_addr: from.replace('+', ''),
    source_addr_ton,
    source_addr_npi,
    destination_addr: to.replace('+', ''),
    dest_addr_ton: 1,
    dest_addr_npi: 1,
  };
}

/** The same at every attempt, so that parts of two attempts still belong together. */
function groupOf(id: string): number {
  return createHash('sha256').update(id).digest()[0] ?? 0;
}

/** What stays wrong however often it is sent. Everything else, our own settings too, may be mended meanwhile. */
const NEVER = [
  'ESME_RINVDSTADR',
  'ESME_RINVMSGLEN',
  'ESME_RINVDSTTON',
  'ESME_RINVDSTNPI',
  'ESME_RX_P_APPN',
  'ESME_RX_R_APPN',
];
const BUSY = ['ESME_RTHROTTLED', 'ESME_RMSGQFUL', 'ESME_RX_T_APPN'];

function judge(status: number): HandedOver {
  const why = statusName(status);
  if (NEVER.includes(why)) return { kind: 'refused', why };
  return { kind: 'later', why, soon: BUSY.includes(why) };
}
