import type { Kysely } from 'kysely';
import type { Neighbours } from '../../core/caseloads/adjacency.ts';
import { designBand, designInSteps } from '../../core/caseloads/design.ts';
import { type CaseloadMeasures, measureCaseloads } from '../../core/caseloads/measure.ts';
import {
  operationBand,
  repairModel,
  repairWithoutSolver,
  roundRepair,
  wholeModel,
} from '../../core/caseloads/repair.ts';
import { cutIntoSectors } from '../../core/caseloads/sectors.ts';
import type { Seat, Unit } from '../../core/caseloads/unit.ts';
import { type Solved, solveLinear } from '../../platform/solver/solve-linear.ts';
import type { DB } from '../tables.ts';
import { type AreaUnit, readUnits } from '../views/caseload-units.ts';
import { readNeighbours } from '../views/contours.ts';
import { withExpected } from '../views/expected-units.ts';
import { inSteps } from './in-steps.ts';
import { type PlanPerson, type TakingPart, whoTakesPart } from './plan-people.ts';
import { type Move, movesOf, type NewArea, newAreasOf, type Share, sharesOf } from './shares.ts';

export interface Proposal {
  ok: true;
  kind: 'design' | 'repair';
  /** What loads are counted in. */
  weighedBy?: 'work' | 'inhabitants';
  before: CaseloadMeasures;
  after: CaseloadMeasures;
  /** Customers moved beyond the fewest possible. */
  aboveFloor: number;
  /** Whether every load lies within ±5 % (design) or ±10 % (repair). */
  balanced: boolean;
  names: Record<string, string>;
  moves: Move[];
}

export type Proposed =
  | (Proposal & { shares: Share[]; newAreas: NewArea[] })
  | { ok: false; why: 'nobody_left' | 'unknown_advisor' };

interface Asked {
  db: Kysely<DB>;
  now: Date;
  kind: 'design' | 'repair';
  /** Whom it counts otherwise than as they are now. */
  people?: readonly PlanPerson[];
  /** Départements to be served whole. */
  departements?: readonly string[];
  signal?: AbortSignal | undefined;
  /** Told how far the work is. */
  onStage?: ((stage: Stage) => void) | undefined;
}

/** What is being done: reading customers, dividing work in parts, making whole units of them, measuring. */
export type Stage = 'reading' | 'parts' | 'whole' | 'measuring';

/** What a design or a repair would change, before anything is applied: nothing is written. */
export async function proposeCaseloads(asked: Asked): Promise<Proposed> {
  const { db, now, kind, people = [], departements = [], onStage = () => undefined } = asked;
  onStage('reading');
  const who = await whoTakesPart(db, now, people);
  if (!who) return { ok: false, why: 'unknown_advisor' };
  const { present, seats } = who;
  const full = seats.reduce((sum, { share }) => sum + share, 0);
  if (full === 0) return { ok: false, why: 'nobody_left' };
  const { units: whole, weighedBy } = await withExpected(db, await readUnits(db, now), departements);
  const cut = cutIntoSectors(whole, whole.reduce((sum, { minutes }) => sum + minutes, 0) / full);
  const units = asPinned(cut, who);
  const beside = await readNeighbours(db);
  const owner = await divided(kind, units, seats, { beside, onStage, signal: asked.signal });
  onStage('measuring');
  const after = measureCaseloads(units, seats, owner, beside);
  const band = kind === 'design' ? designBand : operationBand;
  return {
    ok: true,
    kind,
    weighedBy,
    before: measureNow(cut, present, beside),
    after,
    aboveFloor: Math.max(0, after.customersMoved - after.floor),
    balanced: after.least >= 1 - band - 1e-9 && after.most <= 1 + band + 1e-9,
    names: Object.fromEntries(present.map(({ advisorId, name }) => [advisorId, name])),
    moves: movesOf(units, seats, owner),
    shares: sharesOf(units, seats, owner, who.leaves),
    newAreas: newAreasOf(units, seats, owner),
  };
}

/** Whoever is pinned to somebody who is away for long waits for them; a pin to somebody who leaves ends. */
function asPinned(units: readonly AreaUnit[], { seats, leaves }: TakingPart): AreaUnit[] {
  const takes = new Set(seats.map(({ advisorId }) => advisorId));
  return units
    .filter(({ pinnedTo }) => !pinnedTo || takes.has(pinnedTo) || leaves.has(pinnedTo))
    .map(({ pinnedTo, ...unit }) => (pinnedTo && !leaves.has(pinnedTo) ? { ...unit, pinnedTo } : unit));
}

interface How {
  beside: Neighbours | undefined;
  onStage: (stage: Stage) => void;
  signal: AbortSignal | undefined;
}

async function divided(
  kind: Proposal['kind'],
  units: readonly Unit[],
  seats: readonly Seat[],
  how: How,
): Promise<number[]> {
  if (kind === 'repair') return repaired(units, seats, how);
  how.onStage('parts');
  return inSteps(designInSteps(units, seats, how.beside), how.signal);
}

async function repaired(
  units: readonly Unit[],
  seats: readonly Seat[],
  { beside, onStage, signal }: How,
): Promise<number[]> {
  onStage('parts');
  const model = repairModel(units, seats, beside);
  const parts = await solveLinear(model.text, signal);
  if (!parts.ok) return repairWithoutSolver(model);
  onStage('whole');
  const whole = await solveLinear(wholeModel(model, partOf(parts)), signal, wholeSeconds);
  return roundRepair(model, partOf(parts), whole.ok ? partOf(whole) : undefined);
}

/** The search for whole units takes at most so long; then its best serves. */
const wholeSeconds = 3;

const partOf = (solved: Solved) => (variable: string) => (solved.ok ? (solved.parts.get(variable) ?? 0) : 0);

function measureNow(units: readonly Unit[], present: readonly Seat[], beside?: Neighbours): CaseloadMeasures {
  const places = new Map(present.map(({ advisorId }, index) => [advisorId, index]));
  const now = units.map(({ advisorId }) => places.get(advisorId ?? '') ?? null);
  return measureCaseloads(units, present, now, beside);
}
