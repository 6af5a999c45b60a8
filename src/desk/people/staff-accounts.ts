import { type Actor, type StaffRole, staffIdOf } from '../actor.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { withdrawStaffLinks } from './one-time-links.ts';
import { recordChange } from './record-change.ts';
import { invitationHours, sendPasswordLink } from './staff.ts';
import { endStaffSessions } from './staff-sign-in.ts';
import { resetWords } from './staff-words.ts';

export type RoleChanged =
  | { ok: true }
  | { ok: false; why: 'not_allowed' | 'unknown' | 'last_administrator' | 'advisor_needed' };

/** Gives somebody another role; their sessions end, so that no page goes on with the old one. */
export async function changeStaffRole(
  tx: Tx,
  actor: Actor,
  { staffId, role }: { staffId: string; role: StaffRole },
): Promise<RoleChanged> {
  if (!can(actor, 'run the installation')) return { ok: false, why: 'not_allowed' };
  // Locked together, so that two administrators cannot each take the other's role away.
  const present = await tx.db
    .selectFrom('staff')
    .where('leftAt', 'is', null)
    .where((eb) => eb.or([eb('id', '=', staffId), eb('role', '=', 'administrator')]))
    .select(['id', 'role', 'advisorId'])
    .orderBy('id')
    .forUpdate()
    .execute();
  const who = present.find((each) => each.id === staffId);
  if (!who) return { ok: false, why: 'unknown' };
  if (who.role === role) return { ok: true };
  if (who.role === 'administrator' && present.filter((each) => each.role === 'administrator').length === 1)
    return { ok: false, why: 'last_administrator' };
  if (role === 'advisor' && !who.advisorId) return { ok: false, why: 'advisor_needed' };
  await tx.db.updateTable('staff').set({ role, updatedAt: tx.now }).where('id', '=', staffId).execute();
  await endStaffSessions(tx, staffId);
  await recordChange(tx, actor, {
    action: 'change role',
    event: 'staff.role_changed',
    facts: { staffId, from: who.role, to: role },
  });
  return { ok: true };
}

export type SignInReset =
  | { ok: true; link: string; mailed: boolean }
  | { ok: false; why: 'not_allowed' | 'unknown' | 'own' };

/**
 * Somebody has lost their passkey or password: what opened their account opens nothing any more, every session ends, and a
 * link to choose a new password leaves to their own address. Nobody does this to themselves.
 */
export async function resetSignIn(tx: Tx, actor: Actor, { staffId }: { staffId: string }): Promise<SignInReset> {
  if (!can(actor, 'run the installation')) return { ok: false, why: 'not_allowed' };
  if (staffIdOf(actor) === staffId) return { ok: false, why: 'own' };
  const who = await tx.db
    .selectFrom('staff')
    .where('id', '=', staffId)
    .where('leftAt', 'is', null)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (!who) return { ok: false, why: 'unknown' };
  await tx.db.deleteFrom('staffPasskey').where('staffId', '=', staffId).execute();
  await tx.db.deleteFrom('staffAccount').where('staffId', '=', staffId).execute();
  await endStaffSessions(tx, staffId);
  await withdrawStaffLinks(tx, staffId);
  await recordChange(tx, actor, { action: 'reset sign-in', event: 'staff.sign_in_reset', facts: { staffId } });
  return { ok: true, ...(await sendPasswordLink(tx, staffId, invitationHours, resetWords)) };
}
