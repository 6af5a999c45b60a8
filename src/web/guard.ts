import type { MiddlewareHandler } from 'hono';
import type { Actor } from '../desk/actor.ts';
import { can } from '../desk/permissions.ts';
import { answerNotFound } from './problems.ts';
import type { Access, WebEnv } from './route.ts';

/** Lets through who may; everyone else gets the same 404 as for a page that does not exist. */
export function guard(access: Access): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (!mayEnter(c.var.actor, access)) return answerNotFound(c);
    if (access !== 'anyone') c.header('Cache-Control', 'private, no-store');
    await next();
  };
}

/** The rule of one route, in one place. */
export function mayEnter(actor: Actor, access: Access): boolean {
  if (access === 'anyone') return true;
  if (access === 'customer') return actor.kind === 'customer';
  if (access === 'staff') return actor.kind === 'staff' || actor.kind === 'integration';
  return can(actor, access);
}
