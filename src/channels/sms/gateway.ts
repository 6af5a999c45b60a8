import { fetch } from 'undici';
import { smsParts } from '../../core/sms/parts.ts';
import { signBody } from '../../platform/signed-body.ts';
import type { HandedOver, PartAccepted, SmsLink, SmsToSend } from './port.ts';

const WITHIN_MS = 20_000;
const MOST_ANSWER = 65_536;

/** Hands SMS to an HTTP gateway: one signed POST of JSON each (docs/operate/sms.md), the same id at every attempt. */
export function gatewayLink(url: string, secret: string, clock: () => Date): SmsLink {
  return {
    send: (sms, accepted) => post(url, secret, clock(), sms, accepted),
    stop: async () => undefined,
  };
}

async function post(
  address: string,
  secret: string,
  now: Date,
  { id, from, to, text }: SmsToSend,
  accepted: PartAccepted,
): Promise<HandedOver> {
  const { parts, gsm } = smsParts(text);
  const body = JSON.stringify({ id, from, to, text, parts: parts.length, encoding: gsm ? 'gsm-7' : 'ucs-2' });
  const { origin, pathname, search, username, password } = new URL(address);
  const basic = username ? { Authorization: `Basic ${btoa(decodeURIComponent(`${username}:${password}`))}` } : {};
  const headers = {
    'Content-Type': 'application/json',
    'Idempotency-Key': id,
    'Visavis-Signature': signBody(secret, now, body),
    ...basic,
  };
  try {
    const signal = AbortSignal.timeout(WITHIN_MS);
    const answer = await fetch(`${origin}${pathname}${search}`, {
      method: 'POST',
      body,
      headers,
      redirect: 'error',
      signal,
    });
    const said = (await answer.text()).slice(0, MOST_ANSWER);
    if (answer.ok) {
      await accepted(0, referenceIn(said) ?? id);
      return { kind: 'accepted' };
    }
    return judge(answer.status, said);
  } catch (error) {
    // Refused at the door, it cannot have been read; anything later may have been.
    const cause = error instanceof Error ? ((error.cause as NodeJS.ErrnoException | undefined)?.code ?? '') : '';
    const why = `${error instanceof Error ? error.message : error} ${cause}`.trim();
    const never = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(cause);
    return { kind: never ? 'later' : 'unknown', why };
  }
}

/** Busy, or not able to sign us in: later. What is wrong with this very SMS stays wrong. */
function judge(status: number, said: string): HandedOver {
  const why = `${status} ${said}`.trim().slice(0, 300);
  if (status === 429 || status === 503) return { kind: 'later', why, soon: true };
  return [400, 404, 410, 413, 422].includes(status) ? { kind: 'refused', why } : { kind: 'later', why };
}

function referenceIn(said: string): string | undefined {
  try {
    const read: unknown = JSON.parse(said);
    const id = typeof read === 'object' && read !== null && 'id' in read ? read.id : undefined;
    return typeof id === 'string' && id !== '' ? id.slice(0, 200) : undefined;
  } catch {
    return undefined;
  }
}
