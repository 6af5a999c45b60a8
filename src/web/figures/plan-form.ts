import type { Entered } from '../../desk/planning/make-plan.ts';
import type { Problems } from '../ui/fields.tsx';
import type { Scene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';

/** Fields of the form: what may be entered, and how a number typed becomes the one meant. */
export const planFields: readonly [name: keyof Entered, label: WordKey, most: number, divisor: number][] = [
  ['customers', 'planCustomers', 1e8, 1],
  ['calls', 'planCalls', 1e8, 1],
  ['callMinutes', 'planCallMinutes', 240, 1],
  ['messages', 'planMessages', 1e8, 1],
  ['messageMinutes', 'planMessageMinutes', 240, 1],
  ['absence', 'planAbsence', 90, 100],
  ['acceptance', 'planAcceptance', 100, 100],
  ['peak', 'planPeak', 9, 1],
  ['advisors', 'planAdvisors', 5_000, 1],
  ['hourlyCost', 'planHourlyCost', 10_000, 1],
];

/** What a lead typed, as numbers; a sentence beside each field that is none. */
export function readPlanForm({ say }: Scene, typed: Record<string, string>): { entered: Entered; problems: Problems } {
  const entered: Entered = {};
  const problems: Record<string, string> = {};
  for (const [name, , most, divisor] of planFields) {
    const text = typed[name]?.trim();
    if (!text) continue;
    const value = Number(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
    const positive = name === 'absence' || name === 'acceptance' ? value >= 0 : value > 0;
    if (positive && value <= most && (name !== 'advisors' || Number.isInteger(value))) entered[name] = value / divisor;
    else problems[name] = say('planBad', { most });
  }
  return { entered, problems };
}

/** The fields of the plan alone, to be carried through another form or back in an address. */
export function planTyped(typed: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    planFields.flatMap(([name]) => {
      const text = typed[name]?.trim();
      return text ? [[name, text]] : [];
    }),
  );
}
