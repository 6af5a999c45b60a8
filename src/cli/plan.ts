import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { demandOf } from '../core/planning/plan-range.ts';
import type { Staffing } from '../core/planning/staffing.ts';
import { staffingBasis, staffingNotes, staffingTable } from '../core/planning/staffing-words.ts';
import type { Policy } from '../core/routing/policy.ts';
import type { Locale } from '../core/text/typeset.ts';
import { basisOf } from '../desk/planning/basis.ts';
import { makePlan, type Plan } from '../desk/planning/make-plan.ts';
import { planSentences } from '../desk/planning/sentences.ts';
import { STUDY_SEEDS, worthSimulating } from '../desk/planning/study.ts';
import { readRoster } from '../desk/views/roster.ts';
import { simulateStaffing } from '../simulator/staffing.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';
import { toOperator } from './usage-words.ts';

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
  return new Command('plan')
    .description('how many advisors the demand needs, and what one more or less would change; nothing is changed')
    .option('--customers <count>', 'customers', positive)
    .option('--calls <count>', 'calls a month', positive)
    .option('--messages <count>', 'written messages a month', positive)
    .option('--call-minutes <minutes>', 'mean length of a call', positive)
    .option('--message-minutes <minutes>', 'mean work of a message', positive)
    .option('--absence <percent>', 'working days an advisor is away, in 100', percentage)
    .option('--acceptance <percent>', 'callers who accept a callback of their own advisor, in 100', percentage)
    .option('--peak <factor>', 'calls of the busiest hour ÷ calls of a mean hour', positive)
    .option('--advisors <count>', 'look at this number of advisors', whole)
    .option(
      '--hourly-cost <money>',
      'what an hour of work costs, in any money: adds the cost beside a hotline',
      positive,
    )
    .option('--simulate', 'refines the answer by simulated weeks with the rules in force (about a minute)')
    .option('--french', 'in French')
    .addHelpText('after', '\nWhat is not entered is measured over 90 days; what was not measured is assumed.')
    .action(async (asked: Asked, command: Command) => {
      const locale = asked.french ? 'fr' : 'en';
      await withHouse(async ({ db, clock }) => {
        const plan = await makePlan(db, clock(), asked);
        const first = words(plan, locale);
        if (!asked.simulate) return say(command, plan, first);
        const advisors = worthSimulating(plan);
        if (advisors.length === 0) return refuse(command, { ok: false, why: 'too_much_work' }, tooMuch[locale]);
        if (!command.optsWithGlobals<{ json?: boolean }>().json) say(command, plan, first);
        const { policy } = await readRoster(db, clock());
        const simulated = await simulateAdvisors(plan, advisors, policy);
        if (!simulated) return refuse(command, { ok: false, why: 'stopped' }, stopped[locale]);
        say(command, { ...plan, simulated }, simulatedWords(simulated, locale));
      });
    });
}

const tooMuch = {
  fr: 'Il y a trop de travail pour ce nombre de personnes : la file ne ferait que grandir. Essayez avec plus d’interlocuteurs.',
  en: 'There is too much work for so few people: the queue would only grow. Try with more --advisors.',
};
const stopped = { fr: 'Arrêté. Les formules ci-dessus restent vraies.', en: 'Stopped. The formulas above still hold.' };

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
      onProgress: (done, of) => progress(`${done} of ${of} runs (Ctrl-C stops)`),
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
    ...staffingNotes(locale).map(({ figure, note }) => `${figure}: ${note}`),
  ].join('\n');
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || value > 1e9)
    throw new InvalidArgumentError(
      toOperator({ fr: 'Écrivez un nombre au-dessus de 0.', en: 'Write a number above 0.' }),
    );
  return value;
}

function whole(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value) || value > 5_000)
    throw new InvalidArgumentError(
      toOperator({ fr: 'Écrivez un nombre entier, au plus 5000.', en: 'Write a whole number up to 5000.' }),
    );
  return value;
}

function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 90))
    throw new InvalidArgumentError(
      toOperator({ fr: 'Écrivez un nombre de 0 à 90.', en: 'Write a number from 0 to 90.' }),
    );
  return value / 100;
}

const ROWS = {
  fr: ['clients par personne', 'travail ÷ temps, %', 'propre contact, %', 'ou un binôme, %', 'attente à l’heure la plus chargée, s', 'la même au standard, s', 'raccrochent à cette heure, %', 'rappel promis sous, min'],
  en: ['customers each', 'work ÷ time, %', 'own share, %', 'named share, %', 'hold in the busiest hour, s', 'the same in a hotline, s', 'give up in the busiest hour, %', 'callback due within, min'],
}; // biome-ignore format: one row a language
const COLUMNS: readonly [
  key: Exclude<keyof Plan['chosen'], 'advisors' | 'offerHoldSeconds'>,
  digits: number,
  factor: number,
][] = [
  ['caseload', 0, 1],
  ['occupancy', 0, 100],
  ['own', 0, 100],
  ['named', 0, 100],
  ['holdSeconds', 1, 1],
  ['hotlineHoldSeconds', 1, 1],
  ['abandoned', 1, 100],
  ['callbackMinutes', 0, 1],
];
const IF = {
  fr: { head: ['si', 'il en faut', 'propre, %', 'binôme, %', 'attente, s'], absence: 'absence', acceptance: 'acceptation' },
  en: { head: ['if', 'advisors needed', 'own, %', 'named, %', 'hold, s'], absence: 'absence', acceptance: 'acceptance' },
}; // biome-ignore format: one row a language

function words(plan: Plan, locale: Locale): string {
  const { fewer, chosen, more, sensitivity } = plan;
  const columns = [fewer, chosen, more].flatMap((each) => each ?? []);
  const ranged = (
    { value, low, high }: { value: number; low: number; high: number },
    digits: number,
    factor: number,
  ) => {
    const [middle, least, most] = [value, low, high].map((each) => (each * factor).toFixed(digits));
    return least === most ? `${middle}` : `${middle} (${least}–${most})`;
  };
  const rows = COLUMNS.map(([key, digits, factor], index) => [
    ROWS[locale][index] ?? key,
    ...columns.map((each) => ranged(each[key], digits, factor)),
  ]);
  return [
    ...planSentences(plan, locale),
    '',
    table(
      [locale === 'fr' ? 'interlocuteurs' : 'advisors', ...columns.map((each) => String(each.advisors.value))],
      rows,
    ),
    '',
    table(
      IF[locale].head,
      sensitivity.map((each) => [
        `${IF[locale][each.what]} ${Math.round(each.at * 100)} %`,
        ranged(each.needed, 0, 1),
        ranged(each.own, 0, 100),
        ranged(each.named, 0, 100),
        ranged(each.holdSeconds, 1, 1),
      ]),
    ),
    '',
    `${locale === 'fr' ? 'interlocuteurs' : 'advisors'}: ${basisOf('needed', locale)}`,
    ...COLUMNS.map(([key], index) => `${ROWS[locale][index]}: ${basisOf(key, locale)}`),
    `${IF[locale].head[0]}: ${basisOf('sensitivity', locale)}`,
  ].join('\n');
}
