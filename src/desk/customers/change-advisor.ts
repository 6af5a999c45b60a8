import { sql } from 'kysely';
import { outsideQuietHours } from '../../core/sms/quiet-hours.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { shownName } from '../advisors/shown-name.ts';
import { passTo } from '../casefiles/owner.ts';
import { newId } from '../id.ts';
import { writeMail } from '../outbox/write-mail.ts';
import { can } from '../permissions.ts';
import { wayToTell } from '../sms/tell.ts';
import { writeSms } from '../sms/write.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { advisorChangeSms, advisorChangeWords } from './advisor-change-words.ts';

export type AdvisorChanged =
  /** `toldBy` is null when neither mail nor SMS works: a letter is due. */
  | { ok: true; fromAdvisorId: string; toldBy: 'mail' | 'sms' | null; caseFiles: number }
  | { ok: false; why: 'not_allowed' | 'not_found' | 'unknown_advisor' | 'same_advisor' | 'no_handover' };

/**
 * Gives a customer another advisor: with a written handover, announced to the customer with both names. Open case files
 * that the former advisor owns, or a colleague holds while they are away, go along with the handover as their summary.
 */
export async function changeAdvisor(
  tx: Tx,
  actor: Actor,
  input: { customerId: string; advisorId: string; handover: string },
): Promise<AdvisorChanged> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const handover = input.handover.trim();
  if (!handover) return { ok: false, why: 'no_handover' };
  const customer = await tx.db
    .selectFrom('customer')
    .where('id', '=', input.customerId)
    .where('erasedAt', 'is', null)
    .select(['id', 'name', 'locale', 'advisorId'])
    .forUpdate()
    .executeTakeFirst();
  if (!customer) return { ok: false, why: 'not_found' };
  if (customer.advisorId === input.advisorId) return { ok: false, why: 'same_advisor' };
  const roster = await readRoster(tx.db, tx.now);
  if (!roster.advisors.has(input.advisorId)) return { ok: false, why: 'unknown_advisor' };
  await tx.db.updateTable('customer').set({ advisorId: input.advisorId }).where('id', '=', customer.id).execute();
  const caseFiles = await passOpenCaseFiles(tx, actor, customer, input.advisorId, handover);
  const toldBy = await announce(tx, customer, input.advisorId);
  await tx.db
    .insertInto('advisorChange')
    .values({
      id: newId(),
      customerId: customer.id,
      fromAdvisorId: customer.advisorId,
      toAdvisorId: input.advisorId,
      at: tx.now,
      byStaff: staffIdOf(actor),
      handover,
      toldBy,
    })
    .execute();
  await tx.record({
    type: 'customer.advisor_changed',
    customerId: customer.id,
    advisorId: input.advisorId,
    facts: { fromAdvisorId: customer.advisorId },
  });
  return { ok: true, fromAdvisorId: customer.advisorId, toldBy, caseFiles };
}

interface Changing {
  id: string;
  name: string;
  locale: 'fr' | 'en';
  advisorId: string;
}

async function passOpenCaseFiles(
  tx: Tx,
  actor: Actor,
  customer: Changing,
  ownerId: string,
  summary: string,
): Promise<number> {
  const files = await tx.db
    .selectFrom('caseFile')
    .where('customerId', '=', customer.id)
    .where('closedAt', 'is', null)
    .where((eb) => eb.or([eb('ownerId', '=', customer.advisorId), coveredFor(customer.advisorId)]))
    .select('id')
    .forUpdate()
    .execute();
  for (const { id } of files)
    await passTo(tx, actor, { caseFileId: id, customerId: customer.id, ownerId, reason: 'handover', summary });
  return files.length;
}

/** While the former advisor is away a colleague holds the case file for them: it would come back to nobody. */
const coveredFor = (advisorId: string) => sql<boolean>`exists (
  select from (select absence_id from ownership where case_file_id = case_file.id order by at desc, id desc limit 1) last
  join absence on absence.id = last.absence_id where absence.advisor_id = ${advisorId})`;

async function announce(tx: Tx, customer: Changing, toAdvisorId: string): Promise<'mail' | 'sms' | null> {
  // An SMS that nothing sends tells nobody: then it is a letter.
  const way = await wayToTell(tx, customer.id, { smsFirst: false, sms: tx.smsLeaves === true });
  if (!way) return null;
  const { operator } = await readRoster(tx.db, tx.now);
  // Not from the roster: the former advisor may have left.
  const [from, to] = [await named(tx, customer.advisorId), await named(tx, toAdvisorId)];
  const names = { from: shownName(from), to: shownName(to), phone: to.phone, operator: operator.name };
  const about = { advisorId: toAdvisorId, customerId: customer.id, automatic: true };
  if ('mail' in way) {
    await writeMail(tx, {
      kind: 'advisor_change',
      to: way.mail,
      ...advisorChangeWords(customer.locale, names),
      ...about,
    });
    return 'mail';
  }
  const leaveAfter = outsideQuietHours(tx.now, operator.timeZone);
  const text = advisorChangeSms(customer.locale, names);
  await writeSms(tx, { kind: 'advisor_change', to: way.sms, text, leaveAfter, ...about });
  return 'sms';
}

function named({ db }: Tx, id: string) {
  return db
    .selectFrom('advisor')
    .where('id', '=', id)
    .select(['givenName', 'familyName', 'shownAs', 'phone'])
    .executeTakeFirstOrThrow();
}
