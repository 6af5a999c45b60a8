import type { PlanPerson } from '../../desk/caseloads/plan-people.ts';
import type { Typed } from '../administration/form-page.tsx';
import type { WordKey } from '../ui/words/words.ts';

type Read = { ok: true; people: PlanPerson[] } | { ok: false; problems: Record<string, WordKey> };

/** What happens before a repair, and the field that says so. */
export const repairFields = [
  ['without', 'leaves'],
  ['newcomer', 'comes'],
  ['away', 'away'],
  ['works', 'works'],
] as const;

/** Who leaves, comes, is away or works otherwise, as it was chosen. */
export function readRepair(typed: Typed, known: (advisorId: string) => boolean): Read {
  const problems: Record<string, WordKey> = {};
  const people: PlanPerson[] = [];
  for (const [field, cause] of repairFields) {
    const advisorId = typed[field];
    if (!advisorId) continue;
    if (!known(advisorId)) problems[field] = 'loadsWhoBad';
    else if (people.some((person) => person.advisorId === advisorId)) problems[field] = 'loadsWhoTwice';
    const share = cause === 'works' ? percentOf(typed.worksShare) : undefined;
    if (cause === 'works' && share === undefined) problems.worksShare = 'loadsShareBad';
    people.push({ advisorId, cause, share });
  }
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, people };
}

/** Exactly who takes part in a design, with the part of a full post typed beside each. */
export function readDesign(typed: Typed): Read {
  const people = Object.keys(typed).flatMap((field): PlanPerson[] => {
    const [, advisorId] = /^part_(.+)$/.exec(field) ?? [];
    return advisorId ? [{ advisorId, cause: 'part', share: percentOf(typed[`share_${advisorId}`]) }] : [];
  });
  if (people.length === 0) return { ok: false, problems: { people: 'loadsPartBad' } };
  if (people.some(({ share }) => share === undefined)) return { ok: false, problems: { people: 'loadsShareBad' } };
  return { ok: true, people };
}

/** Codes of départements, whatever stands between them. */
export const readDepartements = ({ departements = '' }: Typed): string[] => [
  ...new Set(departements.toUpperCase().match(/[0-9A-Z]+/g) ?? []),
];

function percentOf(typed = ''): number | undefined {
  const [, digits] = /^\s*(\d{1,3})\s*%?\s*$/.exec(typed) ?? [];
  const percent = Number(digits ?? 0);
  return percent >= 1 && percent <= 100 ? percent / 100 : undefined;
}
