import { hoursProblems, type WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import { normaliseMail } from '../../core/identity/mail-address.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { isDemo } from '../operator.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { type BackupProblem, backupProblem } from './backups.ts';

export interface NewAdvisor {
  podId: string;
  givenName: string;
  familyName: string;
  /** First name alone, for an advisor who wants it. */
  shownAs?: 'full' | 'first';
  phone: string;
  mail: string;
  languages?: readonly string[];
  workingHours: WeeklyHours;
  /** Share of a full post, up to 1. */
  share?: number;
  /** Ids, best first. */
  backups: readonly string[];
}

export type AdvisorAdded =
  | { ok: true; id: string }
  | {
      ok: false;
      why:
        | 'not_allowed'
        | 'name_missing'
        | 'unknown_pod'
        | 'phone_unreadable'
        | 'mail_unreadable'
        | 'mail_taken'
        | 'hours_unusable'
        | 'share_out_of_range'
        | BackupProblem;
    };

/** Adds an advisor with ranked backups: two, or one when there is only one colleague, or none for the very first. */
export async function addAdvisor(tx: Tx, actor: Actor, input: NewAdvisor): Promise<AdvisorAdded> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const phone = normalisePhone(input.phone);
  const mail = normaliseMail(input.mail);
  if (!input.givenName.trim() || !input.familyName.trim()) return { ok: false, why: 'name_missing' };
  if (!phone) return { ok: false, why: 'phone_unreadable' };
  if (!mail) return { ok: false, why: 'mail_unreadable' };
  if (hoursProblems(input.workingHours).length > 0) return { ok: false, why: 'hours_unusable' };
  const share = input.share ?? 1;
  if (!(share > 0 && share <= 1)) return { ok: false, why: 'share_out_of_range' };
  const pod = await tx.db.selectFrom('pod').where('id', '=', input.podId).select('id').executeTakeFirst();
  if (!pod) return { ok: false, why: 'unknown_pod' };
  const same = await tx.db
    .selectFrom('advisor')
    .where((eb) => eb(eb.fn('lower', ['mail']), '=', mail))
    .select('id')
    .executeTakeFirst();
  if (same) return { ok: false, why: 'mail_taken' };
  const id = newId();
  const wrong = await backupProblem(tx, id, input.backups);
  if (wrong) return { ok: false, why: wrong };
  await tx.db
    .insertInto('advisor')
    .values({
      id,
      podId: pod.id,
      givenName: input.givenName.trim(),
      familyName: input.familyName.trim(),
      shownAs: input.shownAs ?? 'full',
      phone,
      mail,
      languages: [...(input.languages ?? ['fr'])],
      workingHours: JSON.stringify(input.workingHours),
      share,
      joinedAt: tx.now,
      demo: await isDemo(tx.db),
    })
    .execute();
  if (input.backups.length > 0)
    await tx.db
      .insertInto('backup')
      .values(input.backups.map((backupAdvisorId, index) => ({ advisorId: id, rank: index + 1, backupAdvisorId })))
      .execute();
  await tx.record({ type: 'advisor.added', advisorId: id });
  return { ok: true, id };
}
