import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { cutIntoSectors } from '../../core/caseloads/sectors.ts';
import type { DB } from '../tables.ts';
import { readSeats, readUnits } from './caseload-units.ts';

/** A served commune as whoever cuts it sees it. */
export interface LargeCommune {
  insee: string;
  name: string;
  customers: number;
  /** Sectors it needs so that each is at most a tenth of a full caseload; 1 when it may stay whole. */
  parts: number;
  areas: { id: string; sector: string | null; advisorId: string; advisor: string; customers: number }[];
}

/** Served communes that are cut or should be, most customers first; with `insee`, that one, whatever its size. */
export async function readLargeCommunes(db: Kysely<DB>, now: Date, insee?: string): Promise<LargeCommune[]> {
  const [areas, needed] = await Promise.all([areasOf(db, insee), partsNeeded(db, now)]);
  const communes = new Map<string, LargeCommune>();
  for (const { insee: code, name, ...area } of areas) {
    const known = communes.get(code) ?? { insee: code, name, customers: 0, parts: needed.get(code) ?? 1, areas: [] };
    communes.set(code, { ...known, customers: known.customers + area.customers, areas: [...known.areas, area] });
  }
  return [...communes.values()]
    .filter(({ parts, areas: own }) => insee !== undefined || parts > 1 || own.length > 1)
    .sort((one, other) => other.customers - one.customers);
}

type AreaRow = LargeCommune['areas'][number] & { insee: string; name: string };

async function areasOf(db: Kysely<DB>, insee: string | undefined): Promise<AreaRow[]> {
  const { rows } = await sql<AreaRow>`
    select commune.insee, commune.name, area.id, sector, advisor.id as "advisorId",
      given_name || ' ' || family_name as advisor,
      (select count(*)::int from customer where area_id = area.id and erased_at is null) as customers
    from area join commune on commune.insee = area.commune_insee join advisor on advisor.id = area.advisor_id
    where ${insee ?? null}::text is null or commune.insee = ${insee ?? null}
    order by commune.name, sector`.execute(db);
  return rows;
}

/** By commune: how many parts, by the rule the planner uses. */
async function partsNeeded(db: Kysely<DB>, now: Date): Promise<Map<string, number>> {
  const [units, seats] = await Promise.all([readUnits(db, now), readSeats(db)]);
  const full = seats.reduce((sum, { share }) => sum + share, 0);
  const minutes = units.reduce((sum, unit) => sum + unit.minutes, 0);
  const whole = new Map<string, (typeof units)[number]>();
  for (const unit of units) {
    const known = whole.get(unit.place.commune);
    const sum = { minutes: (known?.minutes ?? 0) + unit.minutes, customers: (known?.customers ?? 0) + unit.customers };
    whole.set(unit.place.commune, { ...unit, ...sum });
  }
  if (full === 0) return new Map();
  return new Map([...whole].map(([insee, unit]) => [insee, cutIntoSectors([unit], minutes / full).length]));
}
