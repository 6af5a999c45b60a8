import type { RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Actor } from '../desk/actor.ts';
import type { House } from '../desk/house.ts';
import type { Permission } from '../desk/permissions.ts';

/** What every handler finds in its context: who asks. */
export interface WebEnv {
  Variables: {
    actor: Actor;
    house: House;
    /** Set as well when a member of staff has a customer's session open in the same browser: pages of customers use it. */
    customer?: Extract<Actor, { kind: 'customer' }> | undefined;
  };
}
export type WebContext = Context<WebEnv>;

/**
 * Who may ask: anyone; a customer on their own pages; any staff member; staff with a permission. Whoever may not gets the
 * same 404 as for a page that does not exist (pages of staff and customers lead to their sign-in when nobody is signed in).
 * `this machine`: a program that runs beside Visavis and asks it directly, or whoever runs the installation.
 */
export type Access = 'anyone' | 'customer' | 'staff' | 'this machine' | Permission;

/** One URL of the product. All of them together are the list in routes.ts. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  access: Access;
  handle: (c: WebContext) => Response | Promise<Response>;
  /** For the JSON API: what goes in and out, in zod, for validation and for the OpenAPI document. */
  openapi?: Pick<RouteConfig, 'request' | 'responses' | 'summary' | 'description' | 'tags'>;
}

type Details = Pick<Route, 'openapi'>;

export const get = (path: string, access: Access, handle: Route['handle'], details?: Details): Route => ({
  method: 'get',
  path,
  access,
  handle,
  ...details,
});
export const post = (path: string, access: Access, handle: Route['handle'], details?: Details): Route => ({
  method: 'post',
  path,
  access,
  handle,
  ...details,
});
export const put = (path: string, access: Access, handle: Route['handle'], details?: Details): Route => ({
  method: 'put',
  path,
  access,
  handle,
  ...details,
});

/**
 * How the address of every page in two languages begins. The alternatives are grouped on purpose: Hono's router does not,
 * and would let "/fr" match "/fr/anything".
 */
export const LOCALE = '/:locale{(?:fr|en)}';
