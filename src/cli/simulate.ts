import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import type { Policy } from '../core/routing/policy.ts';
import { costsOf } from '../simulator/costs.ts';
import { frontierOf } from '../simulator/frontier.ts';
import {
  asFrontierHtml,
  frontierCosts,
  frontierFile,
  frontierRows,
  frontierSteps,
} from '../simulator/frontier-page.ts';
import { inThreads } from '../simulator/in-threads.ts';
import { asHtml } from '../simulator/page.ts';
import { POLICIES } from '../simulator/policies.ts';
import { asRows } from '../simulator/rows.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { SCENARIOS } from '../simulator/scenarios.ts';
import { type Study, studyOf } from '../simulator/study.ts';
import { runReplay } from './replay.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';
import { policyFrom, Refused, scenarioFrom } from './simulate-files.ts';
import { table } from './table.ts';
import { toOperator } from './usage-words.ts';

/**
 * `visavis simulate SCENARIO`: policies held against each other in the same simulated weeks; needs no database. With
 * `--replay` the recorded decisions of these days are asked again under the policy.
 */
export function simulateCommand(withHouse: WithHouse): Command {
  return new Command('simulate')
    .description('what a routing policy would do: continuity, holds and callbacks in simulated weeks')
    .argument('[scenario]', `${Object.keys(SCENARIOS).join(', ')}, or a JSON file`)
    .option('--policy <name>', `${Object.keys(POLICIES).join(', ')}, or a JSON file`, 'own')
    .option('--compare <names>', 'more policies, separated by commas', 'hotline,anonymous,named,dedicated')
    .option('--seeds <number>', 'how often the weeks are repeated with other chance', wholeNumber, 20)
    .option('--first-seed <number>', 'the first seed', wholeNumber, 1)
    .option('--acceptance <share>', 'share of callers who accept an offer, 0 to 1', shareOf)
    .option('--frontier', 'the policy among its neighbours: own share against reached within 15 minutes')
    .option('--html <file>', 'writes a page with pictures')
    .option('--svg <file>', 'with --frontier: writes the curve alone')
    .option('--french', 'the table and the page in French')
    .option('--replay <dates>', 'asks recorded decisions again: 2026-11-16, or 2026-11-16..2026-11-22; changes nothing')
    .option('--show-scenario', 'prints the scenario as JSON, to be changed and used as a file')
    .addHelpText('after', HELP)
    .action((named: string | undefined, asked: Asked, command: Command) =>
      asked.replay ? replayDays(withHouse, named, asked, command) : simulate(named, asked, command),
    );
}

const HELP = `
A scenario file may name what differs: { "like": "V85", "name": "ours", "advisors": 12 }
A policy file too: { "version": "draft", "offer": { "factor": 2 } }; with --replay, what differs from the policy in force.`;

interface Asked {
  policy: string;
  compare: string;
  seeds: number;
  firstSeed: number;
  acceptance?: number;
  frontier?: boolean;
  html?: string;
  svg?: string;
  french?: boolean;
  showScenario?: boolean;
  replay?: string;
}

async function replayDays(
  withHouse: WithHouse,
  named: string | undefined,
  asked: Asked,
  command: Command,
): Promise<void> {
  if (named !== undefined)
    return refuseTyped(
      command,
      toOperator({
        fr: "Les jours enregistrés n'ont pas besoin de scénario : retirez le nom, ou --replay.",
        en: 'Recorded days need no scenario: leave the name out, or --replay.',
      }),
    );
  await orRefuse(command, () => runReplay(withHouse, { ...asked, replay: asked.replay ?? '' }, command));
}

function refuseTyped(command: Command, words: string): void {
  refuse(command, { ok: false, why: words }, words);
}

async function orRefuse(command: Command, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuseTyped(command, error.message);
  }
}

async function simulate(named: string | undefined, asked: Asked, command: Command): Promise<void> {
  if (named === undefined)
    return refuseTyped(
      command,
      toOperator({
        fr: `Nommez un scénario : ${Object.keys(SCENARIOS).join(', ')}, ou un fichier JSON ; ou --replay DATES.`,
        en: `Name a scenario: ${Object.keys(SCENARIOS).join(', ')}, or a JSON file; or --replay DATES.`,
      }),
    );
  await orRefuse(command, async () => {
    const scenario = await scenarioFrom(named, asked.acceptance);
    if (asked.showScenario) return say(command, scenario, JSON.stringify(scenario, null, 2));
    if (asked.frontier) return drawFrontier(scenario, asked, command);
    const names = [...new Set([asked.policy, ...asked.compare.split(',').filter((name) => name !== '')])];
    const policies = await Promise.all(names.map(async (name) => ({ name, policy: await policyFrom(name) })));
    const studies = await studiesOf(scenario, policies, asked);
    if (asked.html) await writeFile(asked.html, asHtml(scenario, studies, asked.french ? 'fr' : 'en'));
    say(command, { scenario, studies, costs: costsOf(studies, asked.french ? 'fr' : 'en') }, words(studies, asked));
  });
}

async function drawFrontier(scenario: Scenario, asked: Asked, command: Command): Promise<void> {
  const language = asked.french ? 'fr' : 'en';
  const studies = await studiesOf(scenario, frontierOf(await policyFrom(asked.policy), language), asked);
  if (asked.html) await writeFile(asked.html, asFrontierHtml(scenario, studies, language));
  if (asked.svg) await writeFile(asked.svg, frontierFile(scenario, studies, language));
  const [head = [], ...rows] = frontierRows(studies, language);
  const costs = frontierCosts(studies, language);
  say(
    command,
    { scenario, studies, costs },
    [table(head, rows), '', ...frontierSteps(studies), '', ...costs].join('\n'),
  );
}

async function studiesOf(
  scenario: Scenario,
  policies: readonly { name: string; policy: Policy }[],
  { seeds, firstSeed }: Asked,
): Promise<Study[]> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  const list = Array.from({ length: seeds }, (_, index) => firstSeed + index);
  const runs = policies.flatMap(({ policy }) => list.map((seed) => ({ scenario, policy, seed })));
  try {
    const results = await inThreads(runs, availableParallelism(), stopping.signal, (done) => {
      const filled = Math.round((done / runs.length) * 30);
      progress(`${'█'.repeat(filled)}${'·'.repeat(30 - filled)} ${done} of ${runs.length} runs (Ctrl-C stops)`);
    });
    return policies.map(({ name, policy }, index) =>
      studyOf(scenario, name, policy, results.slice(index * seeds, (index + 1) * seeds)),
    );
  } catch (error) {
    if (stopping.signal.aborted) throw new Refused('Stopped. Fewer --seeds take less time.');
    throw error;
  } finally {
    progress('');
    process.off('SIGINT', stop);
  }
}

function words(studies: readonly Study[], { french, seeds }: Asked): string {
  const rows = asRows(studies, french ? 'fr' : 'en');
  const said = french
    ? `${seeds} répétitions, intervalles de confiance à 95 %. L’attente compte tous les appelants.`
    : `${seeds} repetitions, 95 % confidence intervals. Hold is over all callers, those who gave up or accepted included.`;
  const costs = costsOf(studies, french ? 'fr' : 'en');
  return [table(['', ...studies.map(({ policy }) => policy)], rows), '', ...costs, '', said].join('\n');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000)
    throw new InvalidArgumentError(
      toOperator({ fr: 'Écrivez un nombre entier, à partir de 1.', en: 'A whole number from 1.' }),
    );
  return value;
}

function shareOf(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1))
    throw new InvalidArgumentError(
      toOperator({ fr: 'Écrivez une part de 0 à 1, comme 0.6.', en: 'A share from 0 to 1, such as 0.6.' }),
    );
  return value;
}
