import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Policy, type PolicyChanges, policyProblems, policyWith } from '../core/routing/policy.ts';
import { type Both, SaidInBoth } from '../platform/config/said-in-both.ts';
import { POLICIES } from '../simulator/policies.ts';
import { type Scenario, scenarioSchema } from '../simulator/scenario.ts';
import { SCENARIOS } from '../simulator/scenarios.ts';
import { policyProblem, scenarioProblem, sectionExpected } from './file-problem-words.ts';
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
  const wrong = wrongIn(named, changes, base);
  if (wrong) throw new Refused(wrong);
  return policyWith(changes, base);
}

/** Why a policy file cannot be used: what no policy has first, then what is no section, then what routing cannot use. */
function wrongIn(path: string, changes: PolicyChanges, base: Policy | undefined): Both | undefined {
  const usual = policyWith({ version: path }, base);
  const unknown = unknownParts(changes, usual);
  if (unknown.length > 0) return fileRefusals.unknownParts(path, unknown.join(', '));
  const noSections = partsThatAreNone(changes, usual).map(sectionExpected);
  if (noSections.length > 0) return fileRefusals.noPolicy(path, noSections);
  const problems = policyProblems(policyWith(changes, base)).map(policyProblem);
  return problems.length > 0 ? fileRefusals.noPolicy(path, problems) : undefined;
}

/** What a file names that would change nothing, as `section.name`: a typo is not passed over. */
function unknownParts(changes: object, policy: object): string[] {
  return Object.entries(changes).flatMap(([name, value]) => {
    const part = partOf(policy, name);
    if (part === undefined) return [name];
    if (!isSection(part) || !isSection(value)) return [];
    return Object.keys(value)
      .filter((key) => !(key in part))
      .map((key) => `${name}.${key}`);
  });
}

/** Sections of a policy for which a file has something else. */
function partsThatAreNone(changes: object, policy: object): string[] {
  return Object.entries(changes)
    .filter(([name, value]) => isSection(partOf(policy, name)) && !isSection(value))
    .map(([name]) => name);
}

function partOf(policy: object, name: string): unknown {
  return Object.entries(policy).find(([known]) => known === name)?.[1];
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
