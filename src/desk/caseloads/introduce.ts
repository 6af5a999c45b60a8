import { outsideQuietHours } from '../../core/sms/quiet-hours.ts';
import { longDay } from '../../core/text/dates.ts';
import { shownName } from '../advisors/shown-name.ts';
import { writeMail } from '../outbox/write-mail.ts';
import { wayToTell } from '../sms/tell.ts';
import { writeSms } from '../sms/write.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { introductionSms, introductionWords, staySms, stayWords } from './introduction-words.ts';

interface Introduced {
  customerId: string;
  fromAdvisorId: string;
  toAdvisorId: string;
  changeAt: Date | null;
}

/** The old advisor introduces the new one, with the day of the change. Null: neither mail nor SMS works, a letter is due. */
export async function introduce(tx: Tx, move: Introduced): Promise<'mail' | 'sms' | null> {
  const { operator } = await readRoster(tx.db, tx.now);
  return tell(tx, move, ({ locale, from, to }) => {
    const day = longDay(move.changeAt ?? tx.now, tx.now, { locale, zone: operator.timeZone });
    const words = { from, to, operator: operator.name, day };
    return { mail: introductionWords(locale, words), sms: introductionSms(locale, words) };
  });
}

/** Whoever was told of a change that will not come hears so. Null: a letter is due. */
export async function tellStays(tx: Tx, move: Introduced): Promise<'mail' | 'sms' | null> {
  const { operator } = await readRoster(tx.db, tx.now);
  return tell(tx, move, ({ locale, from, to }) => {
    const words = { from, to, operator: operator.name };
    return { mail: stayWords(locale, words), sms: staySms(locale, words) };
  });
}

interface Names {
  locale: 'fr' | 'en';
  from: string;
  to: string;
}

interface Words {
  mail: { subject: string; text: string };
  sms: string;
}

async function tell(
  tx: Tx,
  { customerId, fromAdvisorId, toAdvisorId }: Introduced,
  words: (names: Names) => Words,
): Promise<'mail' | 'sms' | null> {
  // An SMS that nothing sends tells nobody: then it is a letter.
  const way = await wayToTell(tx, customerId, { smsFirst: false, sms: tx.smsLeaves === true });
  if (!way) return null;
  const { locale } = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select('locale')
    .executeTakeFirstOrThrow();
  const [from, to] = [await named(tx, fromAdvisorId), await named(tx, toAdvisorId)];
  const { mail, sms } = words({ locale, from, to });
  const about = { advisorId: fromAdvisorId, customerId, automatic: true };
  if ('mail' in way) {
    await writeMail(tx, { kind: 'advisor_change', to: way.mail, ...mail, ...about });
    return 'mail';
  }
  const { operator } = await readRoster(tx.db, tx.now);
  const leaveAfter = outsideQuietHours(tx.now, operator.timeZone);
  await writeSms(tx, { kind: 'advisor_change', to: way.sms, text: sms, leaveAfter, ...about });
  return 'sms';
}

async function named({ db }: Tx, id: string): Promise<string> {
  const advisor = await db
    .selectFrom('advisor')
    .where('id', '=', id)
    .select(['givenName', 'familyName', 'shownAs'])
    .executeTakeFirstOrThrow();
  return shownName(advisor);
}
