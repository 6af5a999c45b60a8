import { type Locale, typeset } from '../../core/text/typeset.ts';
import { system } from '../actor.ts';
import { tellCustomer } from '../outbox/tell-customer.ts';
import type { Tx } from '../tx.ts';
import type { Roster } from '../views/roster.ts';

/**
 * Who was told until when their contact is away hears it again when that is no longer so: the contact is back early. In
 * the transaction that brings a case file back; the notices go with what they said, so that each customer hears it once.
 */
export async function tellReturn(
  tx: Tx,
  { advisors }: Roster,
  file: { id: string; customerId: string; ownerId: string },
): Promise<void> {
  const last = await toldOf(tx, file);
  if (!last?.toldUntil || last.toldUntil <= tx.now) return;
  const told = await tx.db
    .deleteFrom('absenceNotice')
    .using(['absence', 'customer'])
    .whereRef('absence.id', '=', 'absenceNotice.absenceId')
    .whereRef('customer.id', '=', 'absenceNotice.customerId')
    .where('customer.id', '=', file.customerId)
    .where('absence.advisorId', '=', file.ownerId)
    .where('toldUntil', '>', tx.now)
    .returning('customer.locale')
    .executeTakeFirst();
  const back = advisors.get(file.ownerId)?.name;
  if (!told || !back) return;
  await tellCustomer(tx, system, { caseFileId: file.id, text: returnWords(told.locale, back), kind: 'absence' });
}

/** What they heard last of this contact's absences: a later one may have been told as shorter. */
function toldOf(tx: Tx, { customerId, ownerId }: { customerId: string; ownerId: string }) {
  return tx.db
    .selectFrom('absenceNotice')
    .innerJoin('absence', 'absence.id', 'absenceNotice.absenceId')
    .where('customerId', '=', customerId)
    .where('absence.advisorId', '=', ownerId)
    .where('toldUntil', 'is not', null)
    .select('toldUntil')
    .orderBy('toldAt', 'desc')
    .executeTakeFirst();
}

function returnWords(locale: Locale, back: string): string {
  const text =
    locale === 'fr'
      ? `Bonjour,\n\n${back} est de retour plus tôt que prévu et reprend votre dossier. Les dates promises restent les mêmes.\n\nVous n’avez rien à faire.`
      : `Hello,\n\n${back} is back earlier than we told you and has your case file again. What was promised keeps its date.\n\nThere is nothing you need to do.`;
  return typeset(text, locale);
}
