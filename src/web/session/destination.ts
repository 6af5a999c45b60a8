import type { WebContext } from '../route.ts';
import { preferredLanguage } from '../ui/preferred-language.ts';

/** Where to go after signing in: an address of this site, never another one; without one, the workspace. */
export function destination(next: unknown): string {
  if (typeof next !== 'string' || next.length > 500) return '/workspace/';
  if (!/^\/(?![/\\])[\w\-./?=&%+:,~]*$/.test(next)) return '/workspace/';
  return next;
}

/** The page where whoever asked for this one can sign in, and come back. */
export function signInPage(c: WebContext, as: 'customer' | 'staff'): string {
  const { pathname, search } = new URL(c.req.url);
  const locale = /^\/(fr|en)(?=\/|$)/.exec(pathname)?.[1] ?? preferredLanguage(c.req.header('accept-language'), 'fr');
  if (as === 'customer') return `/${locale}/my/enter`;
  return `/${locale}/staff/sign-in?next=${encodeURIComponent(pathname + search)}`;
}
