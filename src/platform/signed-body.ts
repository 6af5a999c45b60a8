import { createHmac, timingSafeEqual } from 'node:crypto';

/** A message older or younger than this is not believed: whoever heard one cannot send it again tomorrow. */
const WINDOW_MS = 5 * 60_000;

/** "t=SECONDS,v1=HEX": HMAC-SHA256 of "SECONDS.BODY". */
export function signBody(secret: string, now: Date, body: string): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  return `t=${seconds},v1=${digest(secret, String(seconds), body).toString('hex')}`;
}

/** Whether this is such a signature, by this secret, of this very text, within five minutes. */
export function isSignedBody(secret: string, now: Date, signature: string, body: string): boolean {
  const [, seconds = '', hex = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature.trim()) ?? [];
  if (!hex || Math.abs(now.getTime() - Number(seconds) * 1_000) > WINDOW_MS) return false;
  return timingSafeEqual(digest(secret, seconds, body), Buffer.from(hex, 'hex'));
}

function digest(secret: string, seconds: string, body: string): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
}
