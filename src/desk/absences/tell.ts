import { absentUntil } from '../../core/commitments/cover.ts';
import { longDay } from '../../core/text/dates.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';
import { system } from '../actor.ts';
import { tellCustomer } from '../outbox/tell-customer.ts';
import type { Transact, Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';

/** Tells one customer with an open case file who answers while their contact is away, and until when; once. */
export async function tellAbsence(transact: Transact, absenceId: string, customerId: string): Promise<void> {
  await transact(async (tx) => {
    const notice = await tx.db
      .selectFrom('absenceNotice')
      .where('absenceId', '=', absenceId)
      .where('customerId', '=', customerId)
      .where('toldAt', 'is', null)
      .select('caseFileId')
      .forUpdate()
      .executeTakeFirst();
    if (!notice) return;
    await tx.db
      .updateTable('absenceNotice')
      .set({ toldAt: tx.now })
      .where('absenceId', '=', absenceId)
      .where('customerId', '=', customerId)
      .execute();
    const text = await words(tx, absenceId, customerId, notice.caseFileId);
    if (text) await tellCustomer(tx, system, { caseFileId: notice.caseFileId, text, kind: 'absence' });
  });
}

/** Undefined when there is nothing left to tell: back already, or the case file was closed or handed on meanwhile. */
async function words(tx: Tx, absenceId: string, customerId: string, caseFileId: string): Promise<string | undefined> {
  const roster = await readRoster(tx.db, tx.now);
  const absence = roster.absences.find((each) => each.id === absenceId);
  const file = await tx.db
    .selectFrom('caseFile')
    .innerJoin('customer', 'customer.id', 'caseFile.customerId')
    .where('caseFile.id', '=', caseFileId)
    .where('caseFile.closedAt', 'is', null)
    .where('customer.id', '=', customerId)
    .select(['ownerId', 'locale'])
    .executeTakeFirst();
  const until = absence && absentUntil(absence.advisorId, tx.now.getTime(), roster.absences);
  const away = absence && roster.advisors.get(absence.advisorId)?.name;
  const cover = file && roster.advisors.get(file.ownerId)?.name;
  if (!file || !until || !away || !cover || file.ownerId === absence.advisorId) return undefined;
  return absenceWords(file.locale, {
    away,
    cover,
    until: longDay(new Date(until), tx.now, { locale: file.locale, zone: roster.operator.timeZone }),
  });
}

function absenceWords(locale: Locale, { away, cover, until }: { away: string; cover: string; until: string }): string {
  const text =
    locale === 'fr'
      ? `Bonjour,\n\n${away} n’est pas là et revient le ${until}.\n\n${cover} répond à sa place et connaît votre dossier. Les dates promises restent les mêmes.\n\nVous n’avez rien à faire.`
      : `Hello,\n\n${away} is away and comes back on ${until}.\n\n${cover} answers in their place and knows your case file. What was promised keeps its date.\n\nThere is nothing you need to do.`;
  return typeset(text, locale);
}
