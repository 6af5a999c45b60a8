import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';

/** An area of a commune that was merged, or of the one it became part of. */
export interface MergedArea {
  id: string;
  communeInsee: string;
  /** Name of the commune it was. */
  communeName: string;
  sector: string | null;
  advisorId: string;
  advisor: string;
  officeId: string;
  customers: number;
}

/** A commune of today, and what it was when its areas were made. */
export interface Merger {
  intoInsee: string;
  intoName: string;
  /** Communes that are no more, whose areas have to move. */
  from: { insee: string; name: string }[];
  /** All areas it will have: those of the old communes, and its own. */
  areas: MergedArea[];
}

/** Communes we serve that the loaded edition no longer lists, by the commune they became part of. */
export async function readMergers(db: Kysely<DB>): Promise<Merger[]> {
  const { rows } = await sql<{ intoInsee: string; intoName: string; insee: string; name: string }>`
    with recursive chain as (
      select insee as old, insee as code, 0 as steps from commune
      where dropped_in is not null and exists (select from area where commune_insee = insee)
      union all
      select old, former.commune_insee, steps + 1 from chain join former_commune former on former.insee = chain.code
      where former.commune_insee <> former.insee and steps < 5)
    select distinct on (commune.name, old.insee) now.insee as "intoInsee", now.name as "intoName", old.insee, old.name
    from chain join commune now on now.insee = chain.code and now.dropped_in is null
    join commune old on old.insee = chain.old join commune on commune.insee = old.insee
    order by commune.name, old.insee, steps`.execute(db);
  const mergers = new Map<string, Merger>();
  for (const { intoInsee, intoName, insee, name } of rows) {
    const merger = mergers.get(intoInsee) ?? { intoInsee, intoName, from: [], areas: [] };
    merger.from.push({ insee, name });
    mergers.set(intoInsee, merger);
  }
  for (const merger of mergers.values()) merger.areas = await areasOf(db, merger);
  return [...mergers.values()];
}

async function areasOf(db: Kysely<DB>, { intoInsee, from }: Merger): Promise<MergedArea[]> {
  const codes = [intoInsee, ...from.map(({ insee }) => insee)];
  const { rows } = await sql<MergedArea>`
    select area.id, area.commune_insee as "communeInsee",
      coalesce((select name from former_commune former
        where area.commune_insee = ${intoInsee} and former.insee = ${intoInsee} and former.commune_insee = ${intoInsee}
        order by name limit 1), commune.name) as "communeName",
      sector, advisor_id as "advisorId", given_name || ' ' || family_name as advisor, area.office_id as "officeId",
      (select count(*)::int from customer where area_id = area.id and erased_at is null) as customers
    from area join commune on commune.insee = area.commune_insee join advisor on advisor.id = area.advisor_id
    where area.commune_insee = any(${codes}::text[])
    order by area.commune_insee <> ${intoInsee}, commune.name, sector, area.id`.execute(db);
  return rows;
}
