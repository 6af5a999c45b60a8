import type { Command } from 'commander';
import type { PlanPerson } from '../desk/caseloads/plan-people.ts';
import type { House } from '../desk/house.ts';
import { findAdvisor } from '../desk/views/advisor-list.ts';
import { readSeats } from '../desk/views/caseload-units.ts';
import { caseloadsHelp } from './caseload-words.ts';
import { allToOperator } from './usage-words.ts';

export interface PeopleOptions {
  without?: string[];
  with?: string[];
  away?: string[];
  works?: string[];
  everyone?: boolean;
}

type Cause = PlanPerson['cause'];
type Read = PlanPerson[] | 'unknown_advisor' | 'share_out_of_range' | 'named_twice';

const collect = (value: string, before: string[] = []) => [...before, value];

/** Options that say who takes part in a design. */
export function designPeopleOptions(command: Command): Command {
  const help = allToOperator(caseloadsHelp);
  return command
    .option('--with <mail[=share]>', help.designWith, collect)
    .option('--without <mail>', help.designWithout, collect)
    .option('--everyone', help.everyone);
}

/** Options that say what happened before a repair. Each may be given several times. */
export function repairPeopleOptions(command: Command): Command {
  const help = allToOperator(caseloadsHelp);
  return command
    .option('--without <mail>', help.repairWithout, collect)
    .option('--with <mail[=share]>', help.repairWith, collect)
    .option('--away <mail>', help.away, collect)
    .option('--works <mail=share>', help.works, collect);
}

/** Exactly who takes part in a design; nobody named: everyone with customers. */
export async function readDesignPeople({ db }: House, options: PeopleOptions): Promise<Read> {
  if (!options.everyone && !options.with && !options.without) return [];
  const added = await named(db, 'part', options.with);
  const removed = await named(db, 'part', options.without);
  if (!Array.isArray(added)) return added;
  if (!Array.isArray(removed)) return removed;
  const base = options.everyone ? await everyone(db) : (await readSeats(db)).map(({ advisorId }) => advisorId);
  const people = new Map(base.map((advisorId): [string, PlanPerson] => [advisorId, { advisorId, cause: 'part' }]));
  for (const person of added) people.set(person.advisorId, person);
  for (const { advisorId } of removed) people.delete(advisorId);
  return [...people.values()];
}

/** Whom a repair counts otherwise than as they are now, and why. */
export async function readRepairPeople({ db }: House, options: PeopleOptions): Promise<Read> {
  const people: PlanPerson[] = [];
  for (const [cause, typed] of [
    ['leaves', options.without],
    ['comes', options.with],
    ['away', options.away],
    ['works', options.works],
  ] as const) {
    const found = await named(db, cause, typed);
    if (!Array.isArray(found)) return found;
    people.push(...found);
  }
  return new Set(people.map(({ advisorId }) => advisorId)).size < people.length ? 'named_twice' : people;
}

async function named(db: House['db'], cause: Cause, typed: readonly string[] = []): Promise<Read> {
  const people: PlanPerson[] = [];
  for (const each of typed) {
    const [, mail = '', part] = /^(.*?)(?:=([^=@]*))?$/.exec(each) ?? [];
    const advisor = await findAdvisor(db, mail);
    if (!advisor) return 'unknown_advisor';
    const share = part === undefined ? undefined : readShare(part);
    if (Number.isNaN(share) || (cause === 'works' && share === undefined)) return 'share_out_of_range';
    people.push({ advisorId: advisor.id, cause, share });
  }
  return people;
}

/** 0.5, 0,5 or 50 %; NaN when it is no share of a post. */
function readShare(typed: string): number {
  const [, digits = '', percent] = /^\s*([\d.,]+)\s*(%?)\s*$/.exec(typed) ?? [];
  const value = Number(digits.replace(',', '.') || Number.NaN) / (percent ? 100 : 1);
  return value >= 0.01 && value <= 1 ? Math.round(value * 100) / 100 : Number.NaN;
}

async function everyone(db: House['db']): Promise<string[]> {
  const rows = await db.selectFrom('advisor').where('leftAt', 'is', null).select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}
