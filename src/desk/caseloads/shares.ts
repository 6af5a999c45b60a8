import type { Seat, Unit } from '../../core/caseloads/unit.ts';
import type { AreaUnit } from '../views/caseload-units.ts';

export interface Move {
  communeInsee: string;
  communeName?: string;
  customers: number;
  fromAdvisorId: string | null;
  toAdvisorId: string;
}

/** How the customers of one area and advisor are shared out: so many to each, by street. */
export interface Share {
  areaId: string;
  advisorId: string;
  /** The advisor leaves: who is pinned to them has to change too. */
  leaves: boolean;
  parts: { toAdvisorId: string; customers: number }[];
}

/** A commune that gets an area, and who serves it. */
export interface NewArea {
  communeInsee: string;
  advisorId: string;
}

type Leaves = ReadonlySet<string>;

/** Who moves, area by area; what stays whole with its advisor is left out. Pinned customers only move when theirs leaves. */
export function sharesOf(
  units: readonly AreaUnit[],
  seats: readonly Seat[],
  owner: readonly number[],
  leaves: Leaves,
): Share[] {
  const shares = new Map<string, Share>();
  units.forEach(({ areaId, advisorId, pinnedTo, customers }, unit) => {
    const toAdvisorId = seats[owner[unit] ?? -1]?.advisorId;
    if (!toAdvisorId || !advisorId || !areaId || pinnedTo === toAdvisorId) return;
    const key = `${areaId}:${advisorId}`;
    const share = shares.get(key) ?? { areaId, advisorId, leaves: leaves.has(advisorId), parts: [] };
    share.parts.push({ toAdvisorId, customers });
    shares.set(key, share);
  });
  return [...shares.values()].filter(({ advisorId, parts }) => parts.some((part) => part.toAdvisorId !== advisorId));
}

/** Communes that are not served yet go whole to whoever gets most of them. */
export function newAreasOf(units: readonly AreaUnit[], seats: readonly Seat[], owner: readonly number[]): NewArea[] {
  const communes = new Map<string, Map<string, number>>();
  units.forEach(({ areaId, place, minutes }, unit) => {
    const advisorId = seats[owner[unit] ?? -1]?.advisorId;
    if (areaId !== null || !advisorId) return;
    const parts = communes.get(place.commune) ?? new Map<string, number>();
    communes.set(place.commune, parts.set(advisorId, (parts.get(advisorId) ?? 0) + minutes));
  });
  return [...communes].flatMap(([communeInsee, parts]) => {
    const [most] = [...parts].toSorted(([, one], [, other]) => other - one);
    return most ? [{ communeInsee, advisorId: most[0] }] : [];
  });
}

/** One line for each commune and pair of advisors, most customers first. */
export function movesOf(units: readonly Unit[], seats: readonly Seat[], owner: readonly number[]): Move[] {
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
