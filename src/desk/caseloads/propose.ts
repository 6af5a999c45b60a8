import type { Kysely } from 'kysely';
import type { Neighbours } from '../../core/caseloads/adjacency.ts';
import { designBand, designCaseloads } from '../../core/caseloads/design.ts';
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
import { type AreaUnit, readSeats, readUnits } from '../views/caseload-units.ts';
import { readNeighbours } from '../views/contours.ts';

export interface Move {
  communeInsee: string;
  communeName?: string;
  customers: number;
  fromAdvisorId: string | null;
  toAdvisorId: string;
}

export interface Proposal {
  ok: true;
  kind: 'design' | 'repair';
  before: CaseloadMeasures;
  after: CaseloadMeasures;
  /** Customers moved beyond the fewest possible. */
  aboveFloor: number;
  /** Whether every load lies within ±5 % (design) or ±10 % (repair). */
  balanced: boolean;
  names: Record<string, string>;
  moves: Move[];
}

/** How the customers of one area and advisor are shared out: so many to each, by street. */
export interface Share {
  areaId: string;
  advisorId: string;
  parts: { toAdvisorId: string; customers: number }[];
}

export type Proposed = (Proposal & { shares: Share[] }) | { ok: false; why: 'nobody_left' | 'unknown_advisor' };

interface Asked {
  db: Kysely<DB>;
  now: Date;
  kind: 'design' | 'repair';
  /** Who leaves: their customers go to colleagues. */
  without?: string | undefined;
  /** Who comes: gets a caseload though nobody is theirs yet. */
  newcomer?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Told how far the work is. */
  onStage?: ((stage: Stage) => void) | undefined;
}

/** What is being done: reading customers, dividing work in parts, making whole units of them, measuring. */
export type Stage = 'reading' | 'parts' | 'whole' | 'measuring';

/** What a design or a repair would change, before anything is applied: nothing is written. */
export async function proposeCaseloads(asked: Asked): Promise<Proposed> {
  const { db, now, kind, without, newcomer, onStage = () => undefined } = asked;
  onStage('reading');
  const present = await readSeats(db, newcomer);
  const known = (id: string | undefined) => id === undefined || present.some(({ advisorId }) => advisorId === id);
  if (!known(without) || !known(newcomer)) return { ok: false, why: 'unknown_advisor' };
  const seats = present.filter(({ advisorId }) => advisorId !== without);
  const full = seats.reduce((sum, { share }) => sum + share, 0);
  if (full === 0) return { ok: false, why: 'nobody_left' };
  const whole = await readUnits(db, now);
  const units = cutIntoSectors(whole, whole.reduce((sum, { minutes }) => sum + minutes, 0) / full);
  const beside = await readNeighbours(db);
  const owner =
    kind === 'design'
      ? designCaseloads(units, seats, beside)
      : await repaired(units, seats, { beside, onStage, signal: asked.signal });
  onStage('measuring');
  const after = measureCaseloads(units, seats, owner, beside);
  const band = kind === 'design' ? designBand : operationBand;
  return {
    ok: true,
    kind,
    before: measureNow(units, present, beside),
    after,
    aboveFloor: Math.max(0, after.customersMoved - after.floor),
    balanced: after.least >= 1 - band - 1e-9 && after.most <= 1 + band + 1e-9,
    names: Object.fromEntries(present.map(({ advisorId, name }) => [advisorId, name])),
    moves: movesOf(units, seats, owner),
    shares: sharesOf(units, seats, owner),
  };
}

interface How {
  beside: Neighbours | undefined;
  onStage: (stage: Stage) => void;
  signal: AbortSignal | undefined;
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

/** Who moves, area by area; what stays whole with its advisor is left out. Pinned customers are never among them. */
function sharesOf(units: readonly AreaUnit[], seats: readonly Seat[], owner: readonly number[]): Share[] {
  const shares = new Map<string, Share>();
  units.forEach(({ areaId, advisorId, pinnedTo, customers }, unit) => {
    const toAdvisorId = seats[owner[unit] ?? -1]?.advisorId;
    if (!toAdvisorId || !advisorId || pinnedTo === toAdvisorId) return;
    const share = shares.get(`${areaId}:${advisorId}`) ?? { areaId, advisorId, parts: [] };
    share.parts.push({ toAdvisorId, customers });
    shares.set(`${areaId}:${advisorId}`, share);
  });
  return [...shares.values()].filter(({ advisorId, parts }) => parts.some((part) => part.toAdvisorId !== advisorId));
}

/** One line for each commune and pair of advisors, most customers first. */
function movesOf(units: readonly Unit[], seats: readonly Seat[], owner: readonly number[]): Move[] {
  const moves = new Map<string, Move>();
  units.forEach(({ place, advisorId, customers }, unit) => {
    const toAdvisorId = seats[owner[unit] ?? -1]?.advisorId;
    if (!toAdvisorId || toAdvisorId === advisorId || customers === 0) return;
    const key = `${place.commune}:${advisorId}:${toAdvisorId}`;
    const move = moves.get(key) ?? { communeInsee: place.commune, customers: 0, fromAdvisorId: advisorId, toAdvisorId };
    moves.set(key, { ...move, customers: move.customers + customers });
  });
  return [...moves.values()].sort((one, other) => other.customers - one.customers);
}
