import type { Actor, StaffRole } from '../../desk/actor.ts';
import type { WebContext } from '../route.ts';
import { staffCookiePrefix } from './cookies.ts';
import { signStaffCookieAgain } from './older-keys.ts';
import { staffAuth } from './staff-auth.ts';

/** A signed-in member of staff and the session they use. */
export interface StaffSession {
  sessionId: string;
  token: string;
  staffId: string;
  name: string;
  mail: string;
  role: StaffRole;
  advisorId: string | null;
  openedAt: Date;
}

const roles: readonly string[] = ['advisor', 'lead', 'moderator', 'administrator'] satisfies StaffRole[];

/** The staff session this browser carries; undefined when there is none, it ended, or the person has left. */
export async function readStaffSession(c: WebContext): Promise<StaffSession | undefined> {
  const { house } = c.var;
  if (!c.req.header('cookie')?.includes(`${staffCookiePrefix(house.config)}.session_token=`)) return undefined;
  signStaffCookieAgain(c);
  const found = await staffAuth(house).api.getSession({ headers: c.req.raw.headers, returnHeaders: true });
  // A live stream asks again after its head was sent; the cookie is then renewed with the next request.
  if (!c.finalized) for (const cookie of found.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
  if (!found.response) return undefined;
  const { session, user } = found.response;
  if (user.leftAt || !isRole(user.role)) return undefined;
  return {
    sessionId: session.id,
    token: session.token,
    staffId: user.id,
    name: user.name,
    mail: user.email,
    role: user.role,
    advisorId: user.advisorId ?? null,
    openedAt: session.createdAt,
  };
}

export async function staffActor(c: WebContext): Promise<Actor | undefined> {
  const session = await readStaffSession(c);
  if (!session) return undefined;
  const { staffId, role, advisorId } = session;
  return { kind: 'staff', staffId, role, advisorId };
}

function isRole(role: string): role is StaffRole {
  return roles.includes(role);
}
