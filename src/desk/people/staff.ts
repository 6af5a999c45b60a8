import type { Kysely } from 'kysely';
import type { Actor, StaffRole } from '../actor.ts';
import { staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { writeMail } from '../outbox/write-mail.ts';
import { can } from '../permissions.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { NotSetUp } from '../views/roster.ts';
import { makeOneTimeLink, withdrawStaffLinks } from './one-time-links.ts';
import { endStaffSessions } from './staff-sign-in.ts';
import { invitationWords, passwordMailWords } from './staff-words.ts';

export const invitationHours = 72;
const PASSWORD_MAIL_HOURS = 2;

export interface Invitation {
  mail: string;
  name: string;
  role: StaffRole;
  /** The advisor this person is; needed for the role "advisor". */
  advisorId?: string;
  locale?: 'fr' | 'en';
}

export type Invited =
  | { kind: 'invited'; id: string; link: string; mailed: boolean }
  | {
      kind: 'refused';
      why:
        | 'not allowed'
        | 'wrong mail'
        | 'no name'
        | 'has an account'
        | 'advisor needed'
        | 'unknown advisor'
        | 'advisor taken';
    };

/**
 * Makes an account and sends a link that sets its password, once, within 72 hours. Inviting the same address again
 * replaces an invitation that was not used; somebody who had left comes back with the new role.
 */
export async function inviteStaff(tx: Tx, actor: Actor, invitation: Invitation): Promise<Invited> {
  const mail = invitation.mail.trim().toLowerCase();
  const why = await refusal(tx, actor, { ...invitation, mail });
  if (why) return { kind: 'refused', why };
  const { id } = await tx.db
    .insertInto('staff')
    .values({
      id: newId(),
      name: invitation.name.trim(),
      email: mail,
      // Whoever invites vouches for the address; the operator's own sign-in server is matched by it.
      emailVerified: true,
      role: invitation.role,
      advisorId: invitation.advisorId ?? null,
      locale: invitation.locale,
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    .onConflict((conflict) =>
      conflict.column('email').doUpdateSet({
        name: invitation.name.trim(),
        role: invitation.role,
        advisorId: invitation.advisorId ?? null,
        leftAt: null,
        updatedAt: tx.now,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await withdrawStaffLinks(tx, id);
  await audit(tx, actor, 'invite staff', id);
  return { kind: 'invited', id, ...(await sendPasswordLink(tx, id, invitationHours, invitationWords)) };
}

async function refusal(tx: Tx, actor: Actor, { mail, name, role, advisorId }: Invitation) {
  if (!can(actor, 'run the installation')) return 'not allowed';
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mail)) return 'wrong mail';
  if (name.trim() === '') return 'no name';
  if (await hasAccount(tx.db, mail)) return 'has an account';
  if (!advisorId) return role === 'advisor' ? 'advisor needed' : undefined;
  const advisor = await tx.db.selectFrom('advisor').where('id', '=', advisorId).select('id').executeTakeFirst();
  if (!advisor) return 'unknown advisor';
  const taken = await tx.db
    .selectFrom('staff')
    .where('advisorId', '=', advisorId)
    .where('email', '!=', mail)
    .select('id')
    .executeTakeFirst();
  return taken ? 'advisor taken' : undefined;
}

/** Whether somebody already signs in with this address: by password, passkey or the operator's own server. */
async function hasAccount(db: Kysely<DB>, mail: string): Promise<boolean> {
  const found = await db
    .selectFrom('staff')
    .where('email', '=', mail)
    .where('leftAt', 'is', null)
    .where((eb) =>
      eb.or([
        eb.exists(eb.selectFrom('staffAccount').whereRef('staffAccount.staffId', '=', 'staff.id').select('id')),
        eb.exists(eb.selectFrom('staffPasskey').whereRef('staffPasskey.staffId', '=', 'staff.id').select('id')),
      ]),
    )
    .select('id')
    .executeTakeFirst();
  return found !== undefined;
}

/** Mails a link that sets a new password, when somebody of the staff has this address; says nothing either way. */
export async function sendPasswordMail(tx: Tx, mail: string): Promise<void> {
  const staff = await tx.db
    .selectFrom('staff')
    .where('email', '=', mail.trim().toLowerCase())
    .where('leftAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  if (staff) await sendPasswordLink(tx, staff.id, PASSWORD_MAIL_HOURS, passwordMailWords);
}

/** Mails a link that sets a password, once; `mailed` is false while no operator is set up, and the link is handed over. */
export async function sendPasswordLink(
  tx: Tx,
  staffId: string,
  hours: number,
  words: typeof invitationWords,
): Promise<{ link: string; mailed: boolean }> {
  const { name, email, locale } = await tx.db
    .selectFrom('staff')
    .where('id', '=', staffId)
    .select(['name', 'email', 'locale'])
    .executeTakeFirstOrThrow();
  const token = await makeOneTimeLink(tx, { purpose: 'staff_password', staffId, validForHours: hours });
  const link = `${tx.origin}/${locale}/staff/password/${token}`;
  try {
    await writeMail(tx, { kind: 'staff', to: email, ...words(locale, { name, link, hours }), automatic: true });
    return { link, mailed: true };
  } catch (error) {
    // Before the operator is set up no mail can leave in its name: the link is then handed over by hand.
    if (error instanceof NotSetUp) return { link, mailed: false };
    throw error;
  }
}

export interface ListedStaff {
  id: string;
  name: string;
  mail: string;
  role: StaffRole;
  advisorId: string | null;
  leftAt: Date | null;
}

/** Everyone who signs in or once did, by name. */
export async function listStaff(db: Kysely<DB>): Promise<ListedStaff[]> {
  return db
    .selectFrom('staff')
    .select(['id', 'name', 'email as mail', 'role', 'advisorId', 'leftAt'])
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export type Left = { kind: 'left' } | { kind: 'refused'; why: 'not allowed' | 'unknown' | 'last administrator' };

/** Somebody leaves: every session, password, passkey, link and token of theirs ends now. What they wrote stays. */
export async function leaveStaff(tx: Tx, actor: Actor, { mail }: { mail: string }): Promise<Left> {
  if (!can(actor, 'run the installation')) return { kind: 'refused', why: 'not allowed' };
  // Locked together, so that two administrators cannot each be the other's reason to go.
  const present = await tx.db
    .selectFrom('staff')
    .where('leftAt', 'is', null)
    .where((eb) => eb.or([eb('email', '=', mail.trim().toLowerCase()), eb('role', '=', 'administrator')]))
    .select(['id', 'email', 'role'])
    .orderBy('id')
    .forUpdate()
    .execute();
  const who = present.find((staff) => staff.email === mail.trim().toLowerCase());
  if (!who) return { kind: 'refused', why: 'unknown' };
  if (who.role === 'administrator' && present.length === 1) return { kind: 'refused', why: 'last administrator' };
  await tx.db.updateTable('staff').set({ leftAt: tx.now, updatedAt: tx.now }).where('id', '=', who.id).execute();
  await endStaffSessions(tx, who.id);
  await withdrawStaffLinks(tx, who.id);
  await tx.db.deleteFrom('staffAccount').where('staffId', '=', who.id).execute();
  await tx.db.deleteFrom('staffPasskey').where('staffId', '=', who.id).execute();
  await tx.db
    .updateTable('apiToken')
    .set({ revokedAt: tx.now })
    .where('staffId', '=', who.id)
    .where('revokedAt', 'is', null)
    .execute();
  await audit(tx, actor, 'staff left', who.id);
  return { kind: 'left' };
}

async function audit(tx: Tx, actor: Actor, action: string, about: string): Promise<void> {
  await tx.db
    .insertInto('audit')
    .values({ at: tx.now, staffId: staffIdOf(actor), action, facts: JSON.stringify({ staffId: about }) })
    .execute();
}
