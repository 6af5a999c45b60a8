import type { Actor } from '../../desk/actor.ts';
import { idleDays, visitCustomerSession } from '../../desk/people/customer-sessions.ts';
import type { WebContext } from '../route.ts';
import { tokenActor } from './api-token.ts';
import { customerToken, setCustomerToken } from './cookies.ts';
import { staffActor } from './staff-session.ts';

type CustomerActor = Extract<Actor, { kind: 'customer' }>;

/** Who asks. `customer` is set as well when a member of staff has a customer's session open in the same browser. */
export interface Visitor {
  actor: Actor;
  customer: CustomerActor | undefined;
}

/** The bearer of an API token, a signed-in staff member, a customer with an open session, or the public. */
export async function identify(c: WebContext): Promise<Visitor> {
  const bearer = await tokenActor(c, c.var.house);
  if (bearer) return { actor: bearer, customer: undefined };
  const [staff, customer] = [await staffActor(c), await customerActor(c)];
  return { actor: staff ?? customer ?? { kind: 'public' }, customer };
}

async function customerActor(c: WebContext): Promise<CustomerActor | undefined> {
  const { house } = c.var;
  const token = customerToken(c, house.config);
  if (!token) return undefined;
  const session = await visitCustomerSession(house.db, house.clock(), token);
  if (!session) return undefined;
  if (session.extended) setCustomerToken(c, house.config, token, idleDays * 86_400);
  return { kind: 'customer', customerId: session.customerId };
}
