import { longDay } from '../../core/text/dates.ts';
import { shownName } from '../advisors/shown-name.ts';
import { writeMail } from '../outbox/write-mail.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { introductionWords, stayWords } from './introduction-words.ts';

interface Introduced {
  customerId: string;
  fromAdvisorId: string;
  toAdvisorId: string;
  changeAt: Date | null;
}

/** The old advisor introduces the new one, with the day of the change. Null: no address works, a letter is due. */
export async function introduce(tx: Tx, move: Introduced): Promise<'mail' | null> {
  const { operator } = await readRoster(tx.db, tx.now);
  return tell(tx, move, ({ locale, from, to }) =>
    introductionWords(locale, {
      from,
      to,
      operator: operator.name,
      day: longDay(move.changeAt ?? tx.now, tx.now, { locale, zone: operator.timeZone }),
    }),
  );
}

/** Whoever was told of a change that will not come hears so. */
export async function tellStays(tx: Tx, move: Introduced): Promise<'mail' | null> {
  const { operator } = await readRoster(tx.db, tx.now);
  return tell(tx, move, ({ locale, from, to }) => stayWords(locale, { from, to, operator: operator.name }));
}

interface Names {
  locale: 'fr' | 'en';
  from: string;
  to: string;
}

async function tell(
  tx: Tx,
  { customerId, fromAdvisorId, toAdvisorId }: Introduced,
  words: (names: Names) => { subject: string; text: string },
): Promise<'mail' | null> {
  const customer = await tx.db
    .selectFrom('customer')
    .innerJoin('contactPoint', 'contactPoint.customerId', 'customer.id')
    .where('customer.id', '=', customerId)
    .where('contactPoint.kind', '=', 'mail')
    .where('failingSince', 'is', null)
    .select(['value', 'locale'])
    .orderBy('contactPoint.id')
    .executeTakeFirst();
  if (!customer) return null;
  const [from, to] = [await named(tx, fromAdvisorId), await named(tx, toAdvisorId)];
  await writeMail(tx, {
    kind: 'advisor_change',
    to: customer.value,
    ...words({ locale: customer.locale, from, to }),
    advisorId: fromAdvisorId,
    customerId,
    automatic: true,
  });
  return 'mail';
}

async function named({ db }: Tx, id: string): Promise<string> {
  const advisor = await db
    .selectFrom('advisor')
    .where('id', '=', id)
    .select(['givenName', 'familyName', 'shownAs'])
    .executeTakeFirstOrThrow();
  return shownName(advisor);
}
