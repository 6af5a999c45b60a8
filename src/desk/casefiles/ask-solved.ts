import { sql } from 'kysely';
import { longDay } from '../../core/text/dates.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';
import { newId } from '../id.ts';
import { mailInConversation } from '../outbox/mail-in-conversation.ts';
import { signLink } from '../signed-link.ts';
import type { Transact, Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';

/** Days after the closing at which the customer is asked (trust.md: twice, by link). */
const QUESTIONS = [4, 28] as const;
/** A question that is this late is not asked any more: an installation that was away does not write about last year. */
const LATE_DAYS = 3;
const DAY_MS = 86_400_000;

/** Asks everybody whose matter was closed 4 or 28 days ago whether it is solved. Returns how many were asked. */
export async function askSolved(transact: Transact): Promise<number> {
  let asked = 0;
  for (;;) {
    const next = await transact(askNext);
    if (next === 'nobody') return asked;
    if (next === 'asked') asked += 1;
  }
}

interface Due {
  id: string;
  customerId: string;
  ownerId: string;
  subject: string;
  closedAt: Date;
  afterDays: (typeof QUESTIONS)[number];
  locale: Locale;
  mail: string;
}

async function askNext(tx: Tx): Promise<'asked' | 'asked elsewhere' | 'nobody'> {
  const due = (await nextDue(tx, 4)) ?? (await nextDue(tx, 28));
  if (!due) return 'nobody';
  const question = await tx.db
    .insertInto('solvedQuestion')
    .values({
      id: newId(),
      customerId: due.customerId,
      caseFileId: due.id,
      closedAt: due.closedAt,
      afterDays: due.afterDays,
      askedAt: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  // Another process asked between our look and our lock.
  if (!question) return 'asked elsewhere';
  await ask(tx, due, question.id);
  await tx.record({
    type: 'casefile.asked_solved',
    customerId: due.customerId,
    advisorId: due.ownerId,
    caseFileId: due.id,
    facts: { afterDays: due.afterDays },
  });
  return 'asked';
}

/**
 * Whose turn it is, locked. Not asked: who has no address that works, what was closed before this installation (the past
 * of a demo or an import), and after 4 days those who said themselves that it was solved.
 */
async function nextDue({ db, now }: Tx, afterDays: Due['afterDays']): Promise<Due | undefined> {
  const until = new Date(now.getTime() - afterDays * DAY_MS);
  const since = new Date(until.getTime() - LATE_DAYS * DAY_MS);
  const row = await db
    .selectFrom('caseFile')
    .innerJoin('customer', 'customer.id', 'caseFile.customerId')
    .where('caseFile.closedAt', '<=', until)
    .where('caseFile.closedAt', '>', since)
    .where(sql<boolean>`case_file.closed_at > coalesce((select installed_at from installation), '-infinity')`)
    .$if(afterDays === 4, (query) => query.where('caseFile.closedBy', 'is not', null))
    .where(
      sql<boolean>`not exists (select from solved_question q where q.case_file_id = case_file.id
        and q.closed_at = case_file.closed_at and q.after_days = ${afterDays})`,
    )
    .where(mailOf, 'is not', null)
    .select(['caseFile.id', 'caseFile.customerId', 'ownerId', 'subject', 'closedAt', 'locale', mailOf.as('mail')])
    .orderBy('caseFile.closedAt')
    .limit(1)
    .forUpdate('caseFile')
    .skipLocked()
    .executeTakeFirst();
  if (!row?.closedAt || !row.mail) return undefined;
  return { ...row, closedAt: row.closedAt, mail: row.mail, afterDays };
}

const mailOf = sql<string | null>`(select value from contact_point p where p.customer_id = case_file.customer_id
  and p.kind = 'mail' and p.failing_since is null order by p.id limit 1)`;

/** On the timeline without the link, which is the customer's alone; in the mail with it. */
async function ask(tx: Tx, due: Due, questionId: string): Promise<void> {
  const { operator } = await readRoster(tx.db, tx.now);
  const day = longDay(due.closedAt, tx.now, { locale: due.locale, zone: operator.timeZone });
  const link = `${tx.origin}/${due.locale}/solved/${signLink(tx.signingKey, 'solved', questionId)}`;
  const interactionId = newId();
  await tx.insert('interaction', {
    id: interactionId,
    customerId: due.customerId,
    caseFileId: due.id,
    channel: 'mail',
    direction: 'out',
    at: tx.now,
    byAdvisor: due.ownerId,
    party: due.mail,
    subject: due.subject,
    text: words(due.locale, day, due.subject, undefined),
  });
  await mailInConversation(tx, {
    kind: 'solved',
    to: due.mail,
    text: words(due.locale, day, due.subject, link),
    advisorId: due.ownerId,
    interactionId,
    caseFile: due,
    leavesAt: tx.now,
    automatic: true,
  });
}

function words(locale: Locale, day: string, subject: string, link: string | undefined): string {
  const answer = link ? ` ${link}` : '';
  const text =
    locale === 'fr'
      ? `Bonjour,\n\nVotre demande « ${subject} » est close depuis ${day}.\n\nEst-ce réglé ? Répondez d’un geste.${answer}\n\nSi ce n’est pas réglé, je la reprends, et je vous dis pour quand.`
      : `Hello,\n\nYour request “${subject}” was closed on ${day}.\n\nIs it solved? One touch is enough to answer.${answer}\n\nIf it is not, I take it up again and tell you by when.`;
  return typeset(text, locale);
}
