import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { demandOf } from '../core/planning/plan-range.ts';
import type { Staffing } from '../core/planning/staffing.ts';
import { staffingBasis, staffingNotes, staffingTable } from '../core/planning/staffing-words.ts';
import type { Policy } from '../core/routing/policy.ts';
import { type Locale, typeset } from '../core/text/typeset.ts';
import { basisOf } from '../desk/planning/basis.ts';
import { makePlan, type Plan } from '../desk/planning/make-plan.ts';
import { planSentences } from '../desk/planning/sentences.ts';
import { STUDY_SEEDS, worthSimulating } from '../desk/planning/study.ts';
import { readRoster } from '../desk/views/roster.ts';
import { simulateStaffing } from '../simulator/staffing.ts';
import { decimals } from './decimals.ts';
import { toldIn } from './language-option.ts';
import { type PlanFigure, planHelp, planProblems, planRefused, planTables } from './plan-words.ts';
import { asIs, progress, readsJson, refuse, say, type WithHouse } from './say.ts';
import { simulateWords } from './simulate-words.ts';
import { table } from './table.ts';
import { allToOperator, inLanguage, toOperator } from './usage-words.ts';

interface Asked {
  customers?: number;
  calls?: number;
  messages?: number;
  callMinutes?: number;
  messageMinutes?: number;
  absence?: number;
  acceptance?: number;
  peak?: number;
  advisors?: number;
  hourlyCost?: number;
  simulate?: boolean;
  french?: boolean;
}

/** `visavis plan`: from recorded or entered demand to people; by formulas, nothing is changed. */
export function planCommand(withHouse: WithHouse): Command {
  const help = allToOperator(planHelp);
  return new Command('plan')
    .description(help.about)
    .option('--customers <count>', help.customers, positive)
    .option('--calls <count>', help.calls, positive)
    .option('--messages <count>', help.messages, positive)
    .option('--call-minutes <minutes>', help.callMinutes, positive)
    .option('--message-minutes <minutes>', help.messageMinutes, positive)
    .option('--absence <percent>', help.absence, percentage)
    .option('--acceptance <percent>', help.acceptance, percentage)
    .option('--peak <factor>', help.peak, positive)
    .option('--advisors <count>', help.advisors, whole)
    .option('--hourly-cost <money>', help.hourlyCost, positive)
    .option('--simulate', help.simulate)
    .option('--french', help.french)
    .addHelpText('after', `\n${help.after}`)
    .action(async (asked: Asked, command: Command) => {
      const locale = toldIn(command, asked);
      await withHouse(async ({ db, clock }) => {
        const plan = await makePlan(db, clock(), asked);
        const first = words(plan, locale);
        if (!asked.simulate) return say(command, plan, asIs(first));
        const advisors = worthSimulating(plan);
        if (advisors.length === 0)
          return refuse(command, { ok: false, why: 'too_much_work' }, asIs(inLanguage(planRefused.tooMuch, locale)));
        if (!readsJson(command)) say(command, plan, asIs(first));
        const { policy } = await readRoster(db, clock());
        const simulated = await simulateAdvisors(plan, advisors, policy);
        if (!simulated)
          return refuse(command, { ok: false, why: 'stopped' }, asIs(inLanguage(planRefused.stopped, locale)));
        say(command, { ...plan, simulated }, asIs(simulatedWords(simulated, locale)));
      });
    });
}

/** Null when Ctrl-C stopped it. */
async function simulateAdvisors(plan: Plan, advisors: number[], policy: Policy): Promise<Staffing[] | null> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  const asked = {
    demand: demandOf(plan.assumptions),
    advisors,
    weights: plan.profile.weights,
    policy,
    seeds: STUDY_SEEDS,
  };
  try {
    return await simulateStaffing(asked, {
      threads: availableParallelism(),
      signal: stopping.signal,
      onProgress: (done, of) => progress(simulateWords.runs(done, of)),
    });
  } catch (error) {
    if (stopping.signal.aborted) return null;
    throw error;
  } finally {
    progress('');
    process.off('SIGINT', stop);
  }
}

function simulatedWords(simulated: readonly Staffing[], locale: Locale): string {
  const { head, rows } = staffingTable(simulated, locale);
  return [
    '',
    table(['', ...head], rows),
    '',
    staffingBasis(STUDY_SEEDS.length, locale),
    ...staffingNotes(locale).map(({ figure, note }) => explained(figure, note, locale)),
  ].join('\n');
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || value > 1e9) throw new InvalidArgumentError(toOperator(planProblems.positive));
  return value;
}

function whole(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value) || value > 5_000) throw new InvalidArgumentError(toOperator(planProblems.whole));
  return value;
}

function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 90))
    throw new InvalidArgumentError(toOperator(planProblems.percentage));
  return value / 100;
}

/** Rows of the table, with their decimals and what they are multiplied by. */
const COLUMNS: readonly [key: PlanFigure, digits: number, factor: number][] = [
  ['caseload', 0, 1],
  ['occupancy', 0, 100],
  ['own', 0, 100],
  ['named', 0, 100],
  ['holdSeconds', 1, 1],
  ['hotlineHoldSeconds', 1, 1],
  ['abandoned', 1, 100],
  ['callbackMinutes', 0, 1],
];

function words(plan: Plan, locale: Locale): string {
  const { fewer, chosen, more, sensitivity } = plan;
  const said = planTables[locale];
  const columns = [fewer, chosen, more].flatMap((each) => each ?? []);
  const rows = COLUMNS.map(([key, digits, factor]) => [
    typeset(said.figures[key], locale),
    ...columns.map((each) => ranged(each[key], digits, factor, locale)),
  ]);
  const others = sensitivity.map((each) => [
    `${said.assumptions[each.what]} ${Math.round(each.at * 100)} %`,
    ranged(each.needed, 0, 1, locale),
    ranged(each.own, 0, 100, locale),
    ranged(each.named, 0, 100, locale),
    ranged(each.holdSeconds, 1, 1, locale),
  ]);
  return [
    ...planSentences(plan, locale),
    '',
    table([said.advisors, ...columns.map((each) => String(each.advisors.value))], rows),
    '',
    table(said.ifHead, others),
    '',
    explained(said.advisors, basisOf('needed', locale), locale),
    ...COLUMNS.map(([key]) => explained(said.figures[key], basisOf(key, locale), locale)),
    explained(said.ifHead[0], basisOf('sensitivity', locale), locale),
  ].join('\n');
}

function ranged(
  { value, low, high }: { value: number; low: number; high: number },
  digits: number,
  factor: number,
  locale: Locale,
): string {
  const [middle, least, most] = [value, low, high].map((each) => decimals(each * factor, digits, locale));
  return least === most ? `${middle}` : `${middle} (${least}–${most})`;
}

function explained(figure: string, note: string, locale: Locale): string {
  return typeset(locale === 'fr' ? `${figure} : ${note}` : `${figure}: ${note}`, locale);
}
