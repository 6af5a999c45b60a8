import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { type Policy, policyProblems, policyWith } from '../core/routing/policy.ts';
import { inThreads } from '../simulator/in-threads.ts';
import { asHtml } from '../simulator/page.ts';
import { POLICIES } from '../simulator/policies.ts';
import { asRows } from '../simulator/rows.ts';
import { type Scenario, scenarioSchema } from '../simulator/scenario.ts';
import { SCENARIOS } from '../simulator/scenarios.ts';
import { type Study, studyOf } from '../simulator/study.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';

/** `visavis simulate SCENARIO`: policies held against each other in the same simulated weeks. Needs no database. */
export function simulateCommand(_withHouse: WithHouse): Command {
  return new Command('simulate')
    .description('what a routing policy would do: continuity, holds and callbacks in simulated weeks')
    .argument('<scenario>', `${Object.keys(SCENARIOS).join(', ')}, or a JSON file`)
    .option('--policy <name>', `${Object.keys(POLICIES).join(', ')}, or a JSON file`, 'own')
    .option('--compare <names>', 'more policies, separated by commas', 'hotline,anonymous')
    .option('--seeds <number>', 'how often the weeks are repeated with other chance', wholeNumber, 20)
    .option('--first-seed <number>', 'the first seed', wholeNumber, 1)
    .option('--acceptance <share>', 'share of callers who accept an offer, 0 to 1', shareOf)
    .option('--html <file>', 'writes a page with pictures')
    .option('--french', 'the table and the page in French')
    .option('--show-scenario', 'prints the scenario as JSON, to be changed and used as a file')
    .addHelpText('after', '\nA file may name what differs: { "like": "V85", "name": "ours", "advisors": 12 }')
    .action(simulate);
}

interface Asked {
  policy: string;
  compare: string;
  seeds: number;
  firstSeed: number;
  acceptance?: number;
  html?: string;
  french?: boolean;
  showScenario?: boolean;
}

async function simulate(named: string, asked: Asked, command: Command): Promise<void> {
  const problem = (words: string) => refuse(command, { ok: false, why: words }, words);
  try {
    const scenario = await scenarioFrom(named, asked.acceptance);
    if (asked.showScenario) return say(command, scenario, JSON.stringify(scenario, null, 2));
    const names = [...new Set([asked.policy, ...asked.compare.split(',').filter((name) => name !== '')])];
    const policies = await Promise.all(names.map(async (name) => ({ name, policy: await policyFrom(name) })));
    const studies = await studiesOf(scenario, policies, asked);
    if (asked.html) await writeFile(asked.html, asHtml(scenario, studies, asked.french ? 'fr' : 'en'));
    say(command, { scenario, studies }, words(studies, asked));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problem(error.message);
  }
}

class Refused extends Error {}

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
  return [table(['', ...studies.map(({ policy }) => policy)], rows), '', said].join('\n');
}

async function scenarioFrom(named: string, acceptance: number | undefined): Promise<Scenario> {
  const scenario = SCENARIOS[named] ?? (await scenarioFile(named));
  return acceptance === undefined
    ? scenario
    : { ...scenario, acceptance: { ...scenario.acceptance, share: acceptance } };
}

async function scenarioFile(path: string): Promise<Scenario> {
  const { like, ...changes } = await objectIn(path);
  const base = like === undefined ? {} : SCENARIOS[String(like)];
  if (!base) throw new Refused(`${path}: "like" names no scenario. There are ${Object.keys(SCENARIOS).join(', ')}.`);
  const parsed = scenarioSchema.safeParse(merged(base, changes));
  if (!parsed.success) throw new Refused(`${path} is no scenario:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

async function policyFrom(named: string): Promise<Policy> {
  const known = POLICIES[named];
  if (known) return known;
  const changes = { version: named, ...(await objectIn(named)) };
  const policy = policyWith(changes);
  const problems = policyProblems(policy);
  if (problems.length > 0) throw new Refused(`${named} is no policy. Please look at: ${problems.join(', ')}`);
  return policy;
}

async function objectIn(path: string): Promise<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new Refused(`${path} is neither a known name nor a readable JSON file. See: visavis simulate --help`);
  }
}

/** One level deep: a file may change one number of a section. */
function merged(base: object, changes: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(changes)) {
    const before = result[name];
    const sections = isSection(before) && isSection(value);
    result[name] = sections ? { ...before, ...value } : value;
  }
  return result;
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000)
    throw new InvalidArgumentError('A whole number from 1.');
  return value;
}

function shareOf(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('A share from 0 to 1, such as 0.6.');
  return value;
}
