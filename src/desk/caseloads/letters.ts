import { type Kysely, sql } from 'kysely';
import { longDay } from '../../core/text/dates.ts';
import type { Locale } from '../../core/text/typeset.ts';
import type { Actor } from '../actor.ts';
import { shownName } from '../advisors/shown-name.ts';
import { advisorChangeWords } from '../customers/advisor-change-words.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { letterDue } from '../views/caseload-plans.ts';
import { readRoster } from '../views/roster.ts';
import { introductionWords, stayWords } from './introduction-words.ts';

export interface Letter {
  customerId: string;
  locale: Locale;
  name: string;
  /** Lines of the postal address, below the name; none on file: empty. */
  address: string[];
  /** The day it is printed, in full. */
  writtenOn: string;
  subject: string;
  text: string;
}

interface Due {
  customerId: string;
  locale: Locale;
  name: string;
  address: string | null;
  changeAt: Date | null;
  changed: boolean;
  stays: boolean;
  from: { givenName: string; familyName: string; shownAs: 'full' | 'first'; phone: string };
  to: { givenName: string; familyName: string; shownAs: 'full' | 'first'; phone: string };
}

/** So many letters are shown at a time: one can be printed, signed and put into envelopes in a morning. */
export const lettersAtOnce = 200;

/** Letters that are due of a plan: to whoever neither mail nor SMS could tell. */
export async function readLetters(db: Kysely<DB>, now: Date, planId: string): Promise<Letter[]> {
  const { operator } = await readRoster(db, now);
  const { rows } = await sql<Due>`
    select move.customer_id as "customerId", customer.locale, customer.name, move.change_at as "changeAt",
      move.changed_at is not null as changed, move.withdrawn_at is not null as stays,
      (select value from contact_point where customer_id = customer.id and kind = 'postal' order by id limit 1) as address,
      json_build_object('givenName', old.given_name, 'familyName', old.family_name, 'shownAs', old.shown_as, 'phone', old.phone) as from,
      json_build_object('givenName', new.given_name, 'familyName', new.family_name, 'shownAs', new.shown_as, 'phone', new.phone) as to
    from caseload_move move join customer on customer.id = move.customer_id and erased_at is null
    join advisor old on old.id = from_advisor_id join advisor new on new.id = to_advisor_id
    where plan_id = ${planId} and ${letterDue}
    order by from_advisor_id, customer.name, customer.id limit ${lettersAtOnce}`.execute(db);
  return rows.map(({ customerId, locale, name, address, ...due }) => ({
    customerId,
    locale,
    name,
    address: addressLines(name, address ?? ''),
    writtenOn: longDay(now, new Date(0), { locale, zone: operator.timeZone }),
    ...wordsOf(due, { locale, zone: operator.timeZone, operator: operator.name, now }),
  }));
}

/** Addresses are kept as they were entered: many begin with the name, which a letter has above them. */
function addressLines(name: string, address: string): string[] {
  const [first, ...rest] = address.split(/\s*[\n,]\s*/).filter(Boolean);
  if (first === undefined) return [];
  return first.toLowerCase() === name.toLowerCase() ? rest : [first, ...rest];
}

interface How {
  locale: Locale;
  zone: string;
  operator: string;
  now: Date;
}

function wordsOf(
  due: Pick<Due, 'from' | 'to' | 'changed' | 'stays' | 'changeAt'>,
  { locale, zone, operator, now }: How,
): { subject: string; text: string } {
  const names = { from: shownName(due.from), to: shownName(due.to), operator };
  if (due.stays) return stayWords(locale, names);
  if (due.changed) return advisorChangeWords(locale, { ...names, phone: due.to.phone, onPaper: true });
  const numbers = { from: due.from.phone, to: due.to.phone };
  return introductionWords(locale, { ...names, numbers, day: longDay(due.changeAt ?? now, now, { locale, zone }) });
}

/** The letters to these customers have left. Returns how many were due. */
export async function noteLettersSent(
  tx: Tx,
  actor: Actor,
  { planId, customerIds }: { planId: string; customerIds: readonly string[] },
): Promise<number> {
  if (!can(actor, 'build caseloads') || customerIds.length === 0) return 0;
  const { rows } = await sql<{ customerId: string }>`
    update caseload_move move set
      stay_told_by = case when withdrawn_at is null then stay_told_by else 'letter' end,
      told_by = coalesce(told_by, 'letter')
    where plan_id = ${planId} and customer_id = any(${customerIds}::uuid[]) and ${letterDue}
    returning customer_id as "customerId"`.execute(tx.db);
  for (const { customerId } of rows)
    await recordChange(tx, actor, {
      action: 'letter sent',
      event: 'customer.letter_sent',
      customerId,
      facts: { planId },
    });
  return rows.length;
}
