import { figureChecks } from './figures.ts';
import type { Check, CheckName, Examined, Finding } from './finding.ts';
import { mailChecks } from './mail.ts';
import { peopleChecks } from './people.ts';
import { promiseChecks } from './promises.ts';
import { serverChecks } from './server.ts';

const checks: readonly Check[] = [...serverChecks, ...peopleChecks, ...promiseChecks, ...mailChecks, ...figureChecks];

/** Runs every check of the database, one after the other; tells which one it is at. Changes nothing. */
export async function examine(examined: Examined, say: (check: CheckName) => void): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    say(check.name);
    const found = await check.run(examined);
    if (found) findings.push(found);
  }
  return findings;
}
