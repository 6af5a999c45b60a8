import { createRequire } from 'node:module';
import { type CaseloadMeasures, measureCaseloads } from '../src/core/caseloads/measure.ts';
import { repairModel, repairWithoutSolver, roundRepair, wholeModel } from '../src/core/caseloads/repair.ts';
import { cutIntoSectors } from '../src/core/caseloads/sectors.ts';
import type { Seat, Unit } from '../src/core/caseloads/unit.ts';
import { type Solved, solveLinear } from '../src/platform/solver/solve-linear.ts';

interface Listed {
  code: string;
  type: string;
  population?: number;
  departement: string;
  arrondissement: string;
}
const beside = createRequire(import.meta.url);
const listed = beside('@etalab/decoupage-administratif/data/communes.json') as Listed[];
const epcis = beside('@etalab/decoupage-administratif/data/epci.json') as {
  code: string;
  membres: { code: string }[];
}[];
const epciOf = new Map(epcis.flatMap(({ code, membres }) => membres.map((commune) => [commune.code, code])));

/** Real communes of these départements, with so many customers by population, cut into sectors for so many advisors. */
export function territory(departements: string[], customers: number, advisors: number) {
  const communes = listed.filter(
    ({ type, departement }) => type === 'commune-actuelle' && departements.includes(departement),
  );
  const people = communes.reduce((sum, { population }) => sum + (population ?? 0), 0);
  const units = communes.map(({ code, population, departement, arrondissement }): Unit => {
    const own = Math.round(((population ?? 0) / people) * customers);
    const place = { commune: code, epci: epciOf.get(code) ?? null, arrondissement, departement };
    return { id: code, place, minutes: own, customers: own, advisorId: null };
  });
  return { units: cutIntoSectors(units, customers / advisors), seats: seats(advisors) };
}

/** So many advisors, all at full time. */
export const seats = (count: number): Seat[] =>
  Array.from({ length: count }, (_, index) => ({ advisorId: `a${index}`, share: 1 }));

/** The units as they are looked after once this assignment is in force. */
export const given = (all: Unit[], who: Seat[], owner: number[]): Unit[] =>
  all.map((unit, index) => ({ ...unit, advisorId: who[owner[index] ?? 0]?.advisorId ?? null }));

interface Repaired extends CaseloadMeasures {
  solved: boolean;
  owner: number[];
}

/** A repair as the product does it: parts, then whole units, then the cheapest rounding. */
export async function repaired(all: Unit[], who: Seat[]): Promise<Repaired> {
  const model = repairModel(all, who);
  const parts = await solveLinear(model.text);
  const whole = parts.ok ? await solveLinear(wholeModel(model, partOf(parts)), undefined, 3) : parts;
  const owner = parts.ok
    ? roundRepair(model, partOf(parts), whole.ok ? partOf(whole) : undefined)
    : repairWithoutSolver(model);
  return { solved: parts.ok, owner, ...measureCaseloads(all, who, owner) };
}

const partOf = (solved: Solved) => (name: string) => (solved.ok ? (solved.parts.get(name) ?? 0) : 0);
