import { customerLink } from '../src/desk/people/customer-links.ts';
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
