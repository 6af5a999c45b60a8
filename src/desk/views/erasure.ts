import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';

/** What an erasure would take, and what stands in its way. */
export interface Erasable {
  open: { caseFiles: number; trayItems: number };
  /** Rows by what they are, as the statement before an erasure lists them. */
  gone: Record<(typeof kinds)[number], number>;
  /** Addresses and numbers of this customer alone: what was written with them elsewhere goes too. */
  mails: string[];
  phones: string[];
  /** How many are on file with another customer as well: what stands elsewhere under them stays. */
  shared: number;
}

export const kinds = [
  'persons',
  'contactPoints',
  'lines',
  'caseFiles',
  'interactions',
  'attachments',
  'rawMails',
  'sentMails',
  'notes',
  'calls',
  'comments',
  'alerts',
] as const;

/** Counts what is held about a customer, in one question to the database. */
export async function whatErasureTakes(db: Kysely<DB>, customerId: string): Promise<Erasable> {
  const { own: mails, shared: sharedMails } = await ownPoints(db, customerId, 'mail');
  const { own: phones, shared: sharedPhones } = await ownPoints(db, customerId, 'phone');
  const { rows } = await sql<Erasable['gone'] & Erasable['open'] & { openCaseFiles: number }>`
    select
      (select count(*)::int from case_file where customer_id = ${customerId} and closed_at is null) as open_case_files,
      (select count(*)::int from tray_item where sorted_at is null and (lower(from_mail) = any(${mails}) or from_phone = any(${phones}))) as tray_items,
      (select count(*)::int from person where customer_id = ${customerId}) as persons,
      (select count(*)::int from contact_point where customer_id = ${customerId}) as contact_points,
      (select count(*)::int from line where customer_id = ${customerId}) as lines,
      (select count(*)::int from case_file where customer_id = ${customerId}) as case_files,
      (select count(*)::int from interaction where customer_id = ${customerId}) as interactions,
      (select count(*)::int from attachment where customer_id = ${customerId}) as attachments,
      (select count(*)::int from delivery where customer_id = ${customerId}
        or interaction_id in (select id from interaction where customer_id = ${customerId})) as raw_mails,
      (select count(*)::int from outgoing_mail where customer_id = ${customerId} or lower(to_address) = any(${mails})) as sent_mails,
      (select count(*)::int from note where customer_id = ${customerId}) as notes,
      (select count(*)::int from call where customer_id = ${customerId} or from_phone = any(${phones})) as calls,
      (select count(*)::int from comment where mail = any(${mails})) as comments,
      (select count(*)::int from alert where mail = any(${mails})) as alerts`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('counting without rows');
  const { openCaseFiles, trayItems, ...gone } = row;
  return {
    open: { caseFiles: openCaseFiles, trayItems },
    gone: gone as Erasable['gone'],
    mails,
    phones,
    shared: sharedMails + sharedPhones,
  };
}

/** Values of one kind that no other customer has on file, and how many others have. */
async function ownPoints(
  db: Kysely<DB>,
  customerId: string,
  kind: 'mail' | 'phone',
): Promise<{ own: string[]; shared: number }> {
  const rows = await db
    .selectFrom('contactPoint as mine')
    .where('mine.customerId', '=', customerId)
    .where('mine.kind', '=', kind)
    .select('mine.value')
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('contactPoint as other')
            .whereRef('other.value', '=', 'mine.value')
            .where('other.kind', '=', kind)
            .where('other.customerId', '!=', customerId)
            .select('other.id'),
        )
        .as('elsewhere'),
    )
    .execute();
  const own = rows.filter((row) => !row.elsewhere).map((row) => row.value);
  return { own, shared: rows.length - own.length };
}
