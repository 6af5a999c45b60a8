import type { Context } from 'hono';
import type { Actor } from '../../desk/actor.ts';
import type { House } from '../../desk/house.ts';
import { tokenActor } from './api-token.ts';

/** Who asks: the bearer of an API token, a signed-in staff member, a customer with an open session, or the public. */
export async function identify(c: Context, house: House): Promise<Actor> {
  return (await tokenActor(c, house)) ?? { kind: 'public' };
}
