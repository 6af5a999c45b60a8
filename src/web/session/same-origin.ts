import type { MiddlewareHandler } from 'hono';
import { answerElsewhere } from '../problems.ts';
import type { WebContext, WebEnv } from '../route.ts';

/**
 * Refuses every request that changes something when another site's page sent it (CSRF). A bearer token is exempt: a
 * browser never adds one by itself. hono/csrf looks at forms only; this looks at every content type.
 */
export function sameOrigin(): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (!isSafe(c.req.method) && !isFromHere(c)) return answerElsewhere(c);
    await next();
  };
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function isFromHere(c: WebContext): boolean {
  if (c.req.header('authorization')?.startsWith('Bearer ')) return true;
  const site = c.req.header('sec-fetch-site');
  if (site) return site === 'same-origin' || site === 'none';
  const source = c.req.header('origin') ?? c.req.header('referer');
  // Neither a browser with a session nor one that could be tricked: programs without cookies.
  if (source === undefined) return c.req.header('cookie') === undefined;
  return isOurs(c, source);
}

/** The configured origin, or the host this request was sent to: another site's page can choose neither. */
function isOurs(c: WebContext, source: string): boolean {
  if (!URL.canParse(source)) return false;
  const { origin, host } = new URL(source);
  return origin === c.var.house.config.origin || host === c.req.header('host');
}
