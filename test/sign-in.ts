import { customerLink } from '../src/desk/people/customer-links.ts';
import { makeOneTimeLink } from '../src/desk/people/one-time-links.ts';
import type { TestDatabase } from './database.ts';
import type { App } from './page.ts';

/** Signs a customer in through the link and its button; answers the header of their browser. */
export async function signInAs(db: TestDatabase, app: App, customerId: string): Promise<{ Cookie: string }> {
  const link = await db.transact((tx) => customerLink(tx, { customerId }, 'fr'));
  const { pathname } = new URL(link);
  const entered = await app.request(pathname, { method: 'POST', headers: { Origin: 'http://localhost:8080' } });
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(`the link did not open a session: ${entered.status}`);
  return { Cookie: cookie };
}

/** Signs somebody of the staff in through a one-time link; answers the header of their browser. */
export async function signInStaff(db: TestDatabase, app: App, staffId: string): Promise<{ Cookie: string }> {
  const token = await db.transact((tx) => makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId, validForHours: 1 }));
  const origin = { Origin: 'http://localhost:8080' };
  const entered = await app.request(`/fr/staff/enter/${token}`, { method: 'POST', headers: origin });
  const cookies = entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return { Cookie: cookies.join('; ') };
}
