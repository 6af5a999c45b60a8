import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import type { Config } from '../../platform/config/config.ts';

const CUSTOMER = 'visavis-customer';

/** Whether people reach this installation by https: then cookies are bound to it (`__Host-`, Secure). */
export function isSecure(config: Config): boolean {
  return config.origin.startsWith('https://');
}

/** The start of every cookie name of the staff's sign-in. */
export function staffCookiePrefix(config: Config): string {
  return isSecure(config) ? '__Host-visavis-staff' : 'visavis-staff';
}

/** The token of the customer session this browser carries, if any. */
export function customerToken(c: Context, config: Config): string | undefined {
  const token = getCookie(c, customerCookie(config));
  return token && /^[\w-]{43}$/.test(token) ? token : undefined;
}

export function setCustomerToken(c: Context, config: Config, token: string, seconds: number): void {
  setCookie(c, customerCookie(config), token, { ...attributes(config), maxAge: seconds });
}

export function dropCustomerToken(c: Context, config: Config): void {
  deleteCookie(c, customerCookie(config), attributes(config));
}

function customerCookie(config: Config): string {
  return isSecure(config) ? `__Host-${CUSTOMER}` : CUSTOMER;
}

function attributes(config: Config): CookieOptions {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(config) };
}
