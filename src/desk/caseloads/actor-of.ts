import { type Actor, system } from '../actor.ts';

/** The lead who applied or undid a plan is named in everything it does. */
export function actorOf(staffId: string | null): Actor {
  return staffId ? { kind: 'staff', staffId, role: 'lead', advisorId: null } : system;
}
