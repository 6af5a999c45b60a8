import type { Assignment } from './mend.ts';

/** Which seats a unit may go to; none: it is not in the programme, and weighs where it is. */
type Candidates = (unit: number) => readonly number[];

interface Programme {
  problem: Assignment;
  candidates: Candidates;
  /** Minutes that each seat has already, outside the programme. */
  fixed: readonly number[];
  /** Loads lie within this part of their targets. */
  band: number;
  /** Whole units instead of parts of them. */
  whole: boolean;
}

/** The assignment as a programme in CPLEX LP text; variable `x<unit>_<seat>` is the part of a unit that a seat gets. */
export function programme({ problem, candidates, fixed, band, whole }: Programme): string {
  const { minutes, targets, cost } = problem;
  const terms: string[] = [];
  const given: string[] = [];
  const names: string[] = [];
  const loads: string[][] = targets.map(() => []);
  minutes.forEach((weight, unit) => {
    const seats = candidates(unit);
    if (seats.length === 0) return;
    given.push(` u${unit}: ${seats.map((seat) => `x${unit}_${seat}`).join(' + ')} = 1`);
    for (const seat of seats) {
      names.push(`x${unit}_${seat}`);
      terms.push(`${number(cost[unit]?.[seat] ?? 0)} x${unit}_${seat}`);
      if (weight > 0) loads[seat]?.push(`${number(weight)} x${unit}_${seat}`);
    }
  });
  const bounds = loads.flatMap((load, seat) =>
    load.length === 0 ? [] : limits(seat, load, targets[seat] ?? 0, fixed[seat] ?? 0, band),
  );
  const binary = whole ? `Binary\n ${names.join('\n ')}\n` : '';
  return `Minimize\n cost: ${terms.join('\n + ')}\nSubject To\n${[...given, ...bounds].join('\n')}\n${binary}End\n`;
}

function limits(seat: number, load: readonly string[], target: number, fixed: number, band: number): string[] {
  const sum = load.join('\n + ');
  const least = number(target * (1 - band) - fixed);
  const most = number(target * (1 + band) - fixed);
  return [` l${seat}: ${sum} >= ${least}`, ` h${seat}: ${sum} <= ${most}`];
}

const number = (value: number) => value.toFixed(4);
