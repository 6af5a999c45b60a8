import type { WebContext } from '../route.ts';

/** Where to go after signing in: an address of this site, never another one; without one, the workspace. */
export function destination(next: unknown): string {
  if (typeof next !== 'string' || next.length > 500) return '/workspace/';
  if (!/^\/(?![/\\])[\w\-./?=&%+:,~]*$/.test(next)) return '/workspace/';
  return next;
}

/** The page where whoever asked for this one can sign in, and come back. */
export function signInPage(c: WebContext, as: 'customer' | 'staff'): string {
  const { pathname, search } = new URL(c.req.url);
  const locale = /^\/(fr|en)(?=\/|$)/.exec(pathname)?.[1] ?? preferredLocale(c);
  if (as === 'customer') return `/${locale}/my/enter`;
  return `/${locale}/staff/sign-in?next=${encodeURIComponent(pathname + search)}`;
}

function preferredLocale(c: WebContext): 'fr' | 'en' {
  return /^\s*en\b/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'fr';
}
