import { answerNotFound, problem } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { networkOf } from '../session/network.ts';
import { mayTry } from '../session/rate-limits.ts';
import { staffAuth } from '../session/staff-auth.ts';
import { endSessionBefore, takeCookies } from '../session/staff-entry.ts';
import { passkeyIsland } from './passkey-island.ts';

/** GET /staff/passkey.js: the only script of the staff's server pages. */
export function passkeyScript(c: WebContext): Response {
  return c.body(passkeyIsland, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
  });
}

/** GET …/generate-authenticate-options: a challenge, the same for everybody. */
export async function passkeySignInOptions(c: WebContext): Promise<Response> {
  if (!(await mayGoOn(c))) return tooOften(c);
  return relay(c);
}

/** POST …/verify-authentication */
export async function passkeySignIn(c: WebContext): Promise<Response> {
  if (!(await mayGoOn(c))) return tooOften(c);
  const answer = await staffAuth(c.var.house).handler(c.req.raw);
  if (!answer.ok) return problem(c, 401, 'passkeyRefusedTitle', 'passkeyRefused');
  await endSessionBefore(c);
  takeCookies(c, answer);
  // better-auth answers with the session's token; a page script has no use for it.
  return c.json({ signedIn: true });
}

/** GET …/generate-register-options: for who has signed in within the last hour. */
export function passkeyOptions(c: WebContext): Promise<Response> {
  return relay(c);
}

/** POST …/verify-registration */
export async function addPasskey(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  if (actor.kind !== 'staff') return answerNotFound(c);
  const answer = await staffAuth(house).handler(c.req.raw);
  if (!answer.ok) return problem(c, 400, 'passkeyNotAddedTitle', 'passkeyNotAdded');
  await house.db
    .insertInto('audit')
    .values({ at: house.clock(), staffId: actor.staffId, action: 'add passkey' })
    .execute();
  return c.json({ added: true });
}

async function relay(c: WebContext): Promise<Response> {
  const answer = await staffAuth(c.var.house).handler(c.req.raw);
  if (answer.status === 401 || answer.status === 403) return problem(c, 401, 'signInAgainTitle', 'signInAgain');
  return answer;
}

function mayGoOn(c: WebContext): Promise<boolean> {
  return mayTry(c.var.house, 'sign in, by network', networkOf(c, c.var.house.config.trustedProxies));
}

function tooOften(c: WebContext): Response {
  return problem(c, 429, 'tooManyTriesTitle', 'tooManyTries');
}
