import { sql } from 'kysely';
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
    const news = await newsOf(tx, absenceId, customerId, notice.caseFileId);
    const heard = news && (await lastHeard(tx, absenceId, customerId, notice.caseFileId));
    await tx.db
      .updateTable('absenceNotice')
      .set({ toldAt: tx.now, toldUntil: news ? new Date(news.until) : null, toldCoverId: news?.coverId ?? null })
      .where('absenceId', '=', absenceId)
      .where('customerId', '=', customerId)
      .execute();
    if (!news || (heard && (await saysTheSame(tx, heard, news)))) return;
    await tellCustomer(tx, system, { caseFileId: notice.caseFileId, text: news.text, kind: 'absence' });
  });
}

/** Until when, in epoch milliseconds, and who answers. */
interface Said {
  until: number;
  coverId: string;
}

/** Undefined when there is nothing left to tell: back already, or the case file was closed or handed on meanwhile. */
async function newsOf(
  tx: Tx,
  absenceId: string,
  customerId: string,
  caseFileId: string,
): Promise<(Said & { text: string }) | undefined> {
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
  const day = longDay(new Date(until), tx.now, { locale: file.locale, zone: roster.operator.timeZone });
  return { until, coverId: file.ownerId, text: absenceWords(file.locale, { away, cover, until: day }) };
}

/** The same name and the same day: an acknowledgement counts to when they work again, a notice to the end of the absence. */
async function saysTheSame(tx: Tx, one: Said, other: Said): Promise<boolean> {
  const { operator } = await readRoster(tx.db, tx.now);
  const day = ({ until }: Said) => longDay(new Date(until), tx.now, { locale: 'fr', zone: operator.timeZone });
  return one.coverId === other.coverId && day(one) === day(other);
}

/** What they heard last while this advisor was away: by such a mail, or when a message of theirs was acknowledged. */
async function lastHeard(tx: Tx, absenceId: string, customerId: string, caseFileId: string): Promise<Said | undefined> {
  const { advisorId } = await tx.db
    .selectFrom('absence')
    .where('id', '=', absenceId)
    .select('advisorId')
    .executeTakeFirstOrThrow();
  const told = await tx.db
    .selectFrom('absenceNotice')
    .innerJoin('absence', 'absence.id', 'absenceNotice.absenceId')
    .where('absenceNotice.customerId', '=', customerId)
    .where('absence.advisorId', '=', advisorId)
    .where('toldUntil', 'is not', null)
    .select(['toldAt as at', 'toldUntil', 'toldCoverId'])
    .orderBy('toldAt', 'desc')
    .executeTakeFirst();
  const acknowledged = await tx.db
    .selectFrom('interaction')
    .innerJoin('decision', 'decision.interactionId', 'interaction.id')
    .innerJoin('outgoingMail', 'outgoingMail.interactionId', 'interaction.id')
    .where('interaction.caseFileId', '=', caseFileId)
    .where('outgoingMail.kind', '=', 'acknowledgement')
    .where(sql`decision.decision -> 'inPlaceOf' ->> 'advisorId'`, '=', advisorId)
    .select('decision.at')
    .select(sql<number>`(decision.decision -> 'inPlaceOf' ->> 'until')::float8`.as('until'))
    .select(sql<string>`decision.decision ->> 'ownerId'`.as('coverId'))
    .orderBy('decision.at', 'desc')
    .executeTakeFirst();
  if (acknowledged && !(told?.at && told.at > acknowledged.at)) return acknowledged;
  return told && { until: told.toldUntil?.getTime() ?? 0, coverId: told.toldCoverId ?? '' };
}

function absenceWords(locale: Locale, { away, cover, until }: { away: string; cover: string; until: string }): string {
  const text =
    locale === 'fr'
      ? `Bonjour,\n\n${away} n’est pas là et revient le ${until}.\n\n${cover} répond à sa place et connaît votre dossier. Les dates promises restent les mêmes.\n\nVous n’avez rien à faire.`
      : `Hello,\n\n${away} is away and comes back on ${until}.\n\n${cover} answers in their place and knows your case file. What was promised keeps its date.\n\nThere is nothing you need to do.`;
  return typeset(text, locale);
}
