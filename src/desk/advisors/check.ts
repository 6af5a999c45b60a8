import { hoursProblems, type WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import { normaliseMail } from '../../core/identity/mail-address.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import type { Tx } from '../tx.ts';

/** What is said of an advisor, as it was typed. */
export interface AdvisorSaid {
  podId: string;
  givenName: string;
  familyName: string;
  /** First name alone, for an advisor who wants it. */
  shownAs?: 'full' | 'first';
  phone: string;
  mail: string;
  /** ISO 639-1 codes. */
  languages?: readonly string[];
  workingHours: WeeklyHours;
  /** Share of a full post, up to 1. */
  share?: number;
}

export type AdvisorProblem =
  | 'name_missing'
  | 'unknown_pod'
  | 'phone_unreadable'
  | 'mail_unreadable'
  | 'mail_taken'
  | 'hours_unusable'
  | 'share_out_of_range';

/** The columns of an advisor read from what was typed, or what is wrong with it. `id`: whose mail address may be the same. */
export async function checkAdvisor({ db }: Tx, input: AdvisorSaid, id?: string) {
  const phone = normalisePhone(input.phone);
  const mail = normaliseMail(input.mail);
  const wrong = (why: AdvisorProblem) => ({ ok: false, why }) as const;
  if (!input.givenName.trim() || !input.familyName.trim()) return wrong('name_missing');
  if (!phone) return wrong('phone_unreadable');
  if (!mail) return wrong('mail_unreadable');
  if (hoursProblems(input.workingHours).length > 0) return wrong('hours_unusable');
  const share = input.share ?? 1;
  if (!(share > 0 && share <= 1)) return wrong('share_out_of_range');
  const pod = await db.selectFrom('pod').where('id', '=', input.podId).select('id').executeTakeFirst();
  if (!pod) return wrong('unknown_pod');
  const same = await db
    .selectFrom('advisor')
    .where((eb) => eb(eb.fn('lower', ['mail']), '=', mail))
    .select('id')
    .executeTakeFirst();
  if (same && same.id !== id) return wrong('mail_taken');
  const row = {
    podId: pod.id,
    givenName: input.givenName.trim(),
    familyName: input.familyName.trim(),
    shownAs: input.shownAs ?? ('full' as const),
    phone,
    mail,
    languages: [...(input.languages ?? ['fr'])],
    workingHours: JSON.stringify(input.workingHours),
    share,
  };
  return { ok: true, row } as const;
}
