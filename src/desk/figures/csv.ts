import type { Figures } from './figures.ts';
import type { GroupFigures } from './group.ts';

/** Columns of the figures as a table for spreadsheets: shares from 0 to 1, times in seconds, empty where too few. */
export const figureColumns = [
  'division', 'key', 'name', 'exchanges', 'customers', 'own_share', 'own_low', 'own_high', 'named_share', 'named_low',
  'named_high', 'upc', 'coc', 'secon', 'people_per_year', 'waited', 'waited_p50', 'waited_p95', 'waited_p99',
  'within_24h', 'within_24h_low', 'within_24h_high', 'promises', 'kept_share', 'kept_low', 'kept_high', 'tenure_years',
] as const; // biome-ignore format: a list of names

/** All groups of all divisions, one a row. */
export function figureRows(figures: Figures): string[][] {
  const divisions: [string, readonly GroupFigures[]][] = [
    ['all', figures.total ? [figures.total] : []],
    ['pod', figures.pods],
    ['territory', figures.territories],
    ['channel', figures.channels],
    ['month', figures.months],
  ];
  return divisions.flatMap(([division, groups]) => groupRows(division, groups));
}

/** The groups of one division, one a row. */
export function groupRows(division: string, groups: readonly GroupFigures[]): string[][] {
  return groups.map((group) => [division, group.key, group.name, ...valuesOf(group).map(cell)]);
}

type Value = number | null | undefined;

function valuesOf({ contacts, customers, own, named, waited, kept, ...group }: GroupFigures): Value[] {
  const triple = (share: { value: number; low: number; high: number } | null | undefined) => [
    share?.value,
    share?.low,
    share?.high,
  ];
  return [
    contacts, customers, ...triple(own), ...triple(named), group.upc, group.coc, group.secon, group.peoplePerYear,
    waited?.contacts, waited?.p50, waited?.p95, waited?.p99, ...triple(waited?.within24h),
    kept?.commitments, ...triple(kept?.share), group.tenureYears,
  ]; // biome-ignore format: the order of the columns
}

function cell(value: Value): string {
  return value === null || value === undefined ? '' : String(Math.round(value * 10_000) / 10_000);
}
