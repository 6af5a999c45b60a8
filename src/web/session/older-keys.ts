import { createHmac, timingSafeEqual } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import type { WebContext } from '../route.ts';
import { isSecure, staffCookiePrefix } from './cookies.ts';

/** A session that nobody uses for so long ends. */
export const SESSION_DAYS = 7;

/** What better-auth signs the cookies of staff sessions with. */
export function staffSecret(key: Buffer): string {
  return createHmac('sha256', key).update('staff sessions').digest('base64url');
}

/**
 * Signs a staff session's cookie anew when a key that signs no more has signed it: the session goes on, in this request
 * and in the browser. better-auth itself knows one key for cookies.
 */
export function signStaffCookieAgain(c: WebContext): void {
  const { config, signingKey, olderKeys } = c.var.house;
  if (olderKeys.length === 0) return;
  const name = `${staffCookiePrefix(config)}.session_token`;
  const [token, given] = splitAtLastDot(getCookie(c, name) ?? '');
  const signedBy = (key: Buffer) => isSame(given, signature(token, key));
  if (!token || signedBy(signingKey) || !olderKeys.map(signedBy).includes(true)) return;
  const again = `${token}.${signature(token, signingKey)}`;
  const others = (c.req.header('cookie') ?? '').split(/;\s*/).filter((one) => !one.startsWith(`${name}=`));
  c.req.raw.headers.set('cookie', [...others, `${name}=${encodeURIComponent(again)}`].join('; '));
  if (c.finalized) return;
  const attributes = { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(config) } as const;
  setCookie(c, name, again, { ...attributes, maxAge: SESSION_DAYS * 86_400 });
}

function signature(token: string, key: Buffer): string {
  return createHmac('sha256', staffSecret(key)).update(token).digest('base64');
}

function splitAtLastDot(value: string): [string, string] {
  const at = value.lastIndexOf('.');
  return at < 0 ? ['', ''] : [value.slice(0, at), value.slice(at + 1)];
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
