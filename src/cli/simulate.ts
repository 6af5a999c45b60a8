import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import type { Policy } from '../core/routing/policy.ts';
import type { Locale } from '../core/text/typeset.ts';
import type { Both } from '../platform/config/said-in-both.ts';
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
import { toldIn } from './language-option.ts';
import { runReplay } from './replay.ts';
import { asIs, progress, refuse, say, type WithHouse } from './say.ts';
import { policyFrom, Refused, scenarioFrom } from './simulate-files.ts';
import { simulateHelp, simulateRefusals, simulateWords } from './simulate-words.ts';
import { table } from './table.ts';
import { allToOperator, inLanguage, toOperator } from './usage-words.ts';

/**
 * `visavis simulate SCENARIO`: policies held against each other in the same simulated weeks; needs no database. With
 * `--replay` the recorded decisions of these days are asked again under the policy.
 */
export function simulateCommand(withHouse: WithHouse): Command {
  const help = allToOperator(simulateHelp);
  return new Command('simulate')
    .description(help.about)
    .argument('[scenario]', `${Object.keys(SCENARIOS).join(', ')}, ${help.orFile}`)
    .option('--policy <name>', `${Object.keys(POLICIES).join(', ')}, ${help.orFile}`, 'own')
    .option('--compare <names>', help.compare, 'hotline,anonymous,named,dedicated')
    .option('--seeds <count>', help.seeds, wholeNumber, 20)
    .option('--first-seed <seed>', help.firstSeed, wholeNumber, 1)
    .option('--acceptance <share>', help.acceptance, shareOf)
    .option('--frontier', help.frontier)
    .option('--html <file>', help.html)
    .option('--svg <file>', help.svg)
    .option('--french', help.french)
    .option('--replay <dates>', help.replay)
    .option('--show-scenario', help.showScenario)
    .addHelpText('after', `\n${help.after}`)
    .action((named: string | undefined, asked: Asked, command: Command) =>
      asked.replay ? replayDays(withHouse, named, asked, command) : simulate(named, asked, command),
    );
}

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
  if (named !== undefined) return refuseTyped(command, simulateRefusals.noScenarioNeeded);
  await orRefuse(command, () => runReplay(withHouse, { ...asked, replay: asked.replay ?? '' }, command));
}

function refuseTyped(command: Command, words: Both): void {
  refuse(command, { ok: false, why: toOperator(words) }, words);
}

async function orRefuse(command: Command, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuseTyped(command, error.words);
  }
}

async function simulate(named: string | undefined, asked: Asked, command: Command): Promise<void> {
  if (named === undefined) return refuseTyped(command, simulateRefusals.noScenario(Object.keys(SCENARIOS).join(', ')));
  await orRefuse(command, async () => {
    const scenario = await scenarioFrom(named, asked.acceptance);
    if (asked.showScenario) return say(command, scenario, asIs(JSON.stringify(scenario, null, 2)));
    if (asked.frontier) return drawFrontier(scenario, asked, command);
    const names = [...new Set([asked.policy, ...asked.compare.split(',').filter((name) => name !== '')])];
    const policies = await Promise.all(names.map(async (name) => ({ name, policy: await policyFrom(name) })));
    const studies = await studiesOf(scenario, policies, asked);
    const language = toldIn(command, asked);
    if (asked.html) await writeFile(asked.html, asHtml(scenario, studies, language));
    const costs = costsOf(studies, language);
    say(command, { scenario, studies, costs }, asIs(words(studies, costs, asked.seeds, language)));
  });
}

async function drawFrontier(scenario: Scenario, asked: Asked, command: Command): Promise<void> {
  const language = toldIn(command, asked);
  const studies = await studiesOf(scenario, frontierOf(await policyFrom(asked.policy), language), asked);
  if (asked.html) await writeFile(asked.html, asFrontierHtml(scenario, studies, language));
  if (asked.svg) await writeFile(asked.svg, frontierFile(scenario, studies, language));
  const [head = [], ...rows] = frontierRows(studies, language);
  const costs = frontierCosts(studies, language);
  say(
    command,
    { scenario, studies, costs },
    asIs([table(head, rows), '', ...frontierSteps(studies), '', ...costs].join('\n')),
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
      progress(
        asIs(`${'█'.repeat(filled)}${'·'.repeat(30 - filled)} ${toOperator(simulateWords.runs(done, runs.length))}`),
      );
    });
    return policies.map(({ name, policy }, index) =>
      studyOf(scenario, name, policy, results.slice(index * seeds, (index + 1) * seeds)),
    );
  } catch (error) {
    if (stopping.signal.aborted) throw new Refused(simulateRefusals.stopped);
    throw error;
  } finally {
    progress('');
    process.off('SIGINT', stop);
  }
}

function words(studies: readonly Study[], costs: readonly string[], seeds: number, language: Locale): string {
  const figures = table(['', ...studies.map(({ policy }) => policy)], asRows(studies, language));
  return [figures, '', ...costs, '', inLanguage(simulateWords.basis(seeds), language)].join('\n');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000)
    throw new InvalidArgumentError(toOperator(simulateRefusals.wholeNumber));
  return value;
}

function shareOf(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError(toOperator(simulateRefusals.share));
  return value;
}
