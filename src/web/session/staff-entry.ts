import type { WebContext } from '../route.ts';
import { staffAuth } from './staff-auth.ts';
import { readStaffSession } from './staff-session.ts';

/** Copies the cookies of better-auth's answer onto ours. */
export function takeCookies(c: WebContext, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
}

/** Opens a session for who has just used a one-time link or set a password. False when they have left. */
export async function openStaffSession(c: WebContext, staffId: string): Promise<boolean> {
  const { house } = c.var;
  const answer = await staffAuth(house).api.openStaffSession({ body: { staffId }, asResponse: true });
  if (!answer.ok) return false;
  takeCookies(c, answer);
  return ((await answer.json()) as { opened: boolean }).opened;
}

/** Ends the session this browser had before it signed in again: a new sign-in is a new session. */
export async function endSessionBefore(c: WebContext): Promise<void> {
  const before = await readStaffSession(c);
  if (before) await c.var.house.db.deleteFrom('staffSession').where('id', '=', before.sessionId).execute();
}
