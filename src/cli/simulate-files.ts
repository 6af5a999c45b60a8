import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Policy, policyProblems, policyWith } from '../core/routing/policy.ts';
import { SaidInBoth } from '../platform/config/said-in-both.ts';
import { POLICIES } from '../simulator/policies.ts';
import { type Scenario, scenarioSchema } from '../simulator/scenario.ts';
import { SCENARIOS } from '../simulator/scenarios.ts';
import { policyProblem, scenarioProblem } from './file-problem-words.ts';
import { fileRefusals } from './simulate-words.ts';

/** What was typed cannot be used; the words say how to mend it. */
export class Refused extends SaidInBoth {}

/** A scenario by name or from a file that names what differs; `acceptance` replaces the scenario's. Throws Refused. */
export async function scenarioFrom(named: string, acceptance: number | undefined): Promise<Scenario> {
  const scenario = SCENARIOS[named] ?? (await scenarioFile(named));
  return acceptance === undefined
    ? scenario
    : { ...scenario, acceptance: { ...scenario.acceptance, share: acceptance } };
}

/** A policy by name, from those the installation knows, or from a file that names what differs from `base`. Throws Refused. */
export async function policyFrom(
  named: string,
  { known, base }: { known?: ReadonlyMap<string, Policy>; base?: Policy } = {},
): Promise<Policy> {
  const found = POLICIES[named] ?? known?.get(named);
  if (found) return found;
  const changes = { version: named, ...(await objectIn(named)) };
  const unknown = unknownParts(changes, policyWith({ version: named }, base));
  if (unknown.length > 0) throw new Refused(fileRefusals.unknownParts(named, unknown.join(', ')));
  const policy = policyWith(changes, base);
  const problems = policyProblems(policy);
  if (problems.length > 0) throw new Refused(fileRefusals.noPolicy(named, problems.map(policyProblem)));
  return policy;
}

/** What a file names that would change nothing, as `section.name`: a typo is not passed over. */
function unknownParts(changes: Record<string, unknown>, policy: object): string[] {
  const sections = Object.entries(policy);
  return Object.entries(changes).flatMap(([name, value]) => {
    const section: unknown = sections.find(([known]) => known === name)?.[1];
    if (section === undefined) return [name];
    if (!isSection(section)) return [];
    if (!isSection(value)) return [name];
    return Object.keys(value)
      .filter((key) => !(key in section))
      .map((key) => `${name}.${key}`);
  });
}

async function scenarioFile(path: string): Promise<Scenario> {
  const { like, ...changes } = await objectIn(path);
  const base = like === undefined ? {} : SCENARIOS[String(like)];
  if (!base) throw new Refused(fileRefusals.unlike(path, Object.keys(SCENARIOS).join(', ')));
  const parsed = scenarioSchema.safeParse(merged(base, changes));
  if (!parsed.success) throw new Refused(fileRefusals.noScenario(path, parsed.error.issues.map(scenarioProblem)));
  return parsed.data;
}

async function objectIn(path: string): Promise<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new Refused(fileRefusals.unreadable(path));
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
