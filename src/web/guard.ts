import type { MiddlewareHandler } from 'hono';
import type { Actor } from '../desk/actor.ts';
import { can } from '../desk/permissions.ts';
import { answerNotFound } from './problems.ts';
import type { Access, WebContext, WebEnv } from './route.ts';
import { signInPage } from './session/destination.ts';
import { isFromThisMachine } from './session/network.ts';

/**
 * Lets through who may; everyone else gets the same 404 as for a page that does not exist. Pages lead somebody who has
 * not signed in to the sign-in.
 */
export function guard(access: Access): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (access === 'customer' && c.var.customer) c.set('actor', c.var.customer);
    const fromHere = access === 'this machine' && isFromThisMachine(c);
    if (!fromHere && !mayEnter(c.var.actor, access))
      return access !== 'this machine' && isPageForNobody(c)
        ? c.redirect(signInPage(c, access === 'customer' ? 'customer' : 'staff'))
        : answerNotFound(c);
    if (access !== 'anyone') c.header('Cache-Control', 'private, no-store');
    await next();
  };
}

/** A page, asked for by somebody who has not signed in at all. The API has no pages. */
function isPageForNobody(c: WebContext): boolean {
  return c.req.method === 'GET' && c.var.actor.kind === 'public' && !c.req.path.startsWith('/api/');
}

/** The rule of one route, in one place; that a request comes from this machine is beside it. */
export function mayEnter(actor: Actor, access: Access): boolean {
  if (access === 'anyone') return true;
  if (access === 'customer') return actor.kind === 'customer';
  if (access === 'staff') return actor.kind === 'staff' || actor.kind === 'integration';
  return can(actor, access === 'this machine' ? 'run the installation' : access);
}
