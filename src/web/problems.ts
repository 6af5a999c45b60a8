import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { WebEnv } from './route.ts';
import { showBroken, showNotFound, showTooLarge, wantsPage } from './ui/failure-pages.tsx';
import { lastGood } from './ui/last-good.ts';

/** An RFC 9457 problem document. `detail` says how to mend it. */
export function problem(
  c: Context,
  status: 400 | 401 | 404 | 409 | 413 | 422 | 429 | 500 | 503,
  title: string,
  detail: string,
  more: object = {},
): Response {
  return c.body(JSON.stringify({ type: 'about:blank', title, status, detail, ...more }), status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}

/** The same answer for what does not exist and for what this person may not see: a page for people, a document for programs. */
export function answerNotFound(c: Context<WebEnv>): Response | Promise<Response> {
  if (wantsPage(c)) return showNotFound(c);
  return problem(c, 404, 'Not found', 'Nothing is here, or you may not see it. Check the address, or sign in.');
}

/** A request too heavy to be read at all. */
export function answerTooLarge(c: Context<WebEnv>): Response | Promise<Response> {
  if (wantsPage(c)) return showTooLarge(c);
  return problem(
    c,
    413,
    'Too large',
    'Nothing was read. Send at most 25 MB of files, or send them in several requests.',
  );
}

export function answerError(error: Error, c: Context<WebEnv>): Response | Promise<Response> {
  if (error instanceof HTTPException)
    return problem(c, error.status as 400, error.message || 'Request refused', error.message);
  c.var.house.log.error({ error: error.stack, path: c.req.routePath }, 'a request failed');
  const kept = lastGood(c);
  if (kept) return kept;
  if (wantsPage(c)) return showBroken(c, 500);
  return problem(
    c,
    500,
    'Not done',
    'Nothing was changed. Try again in a minute; if it happens again, tell the administrator.',
  );
}

/** zod-openapi's hook: every wrong field by its path, in one document. */
export function answerInvalid(
  result: { success: boolean; error?: { issues: readonly { path: PropertyKey[]; message: string }[] } },
  c: Context,
): Response | undefined {
  if (result.success) return undefined;
  const errors = (result.error?.issues ?? []).map((issue) => ({
    field: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  return problem(
    c,
    422,
    'Some fields are wrong',
    errors.map((error) => `${error.field}: ${error.message}`).join('; '),
    { errors },
  );
}
