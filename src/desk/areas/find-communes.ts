import { type Kysely, sql } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';

/** Where someone lives, as they say it. The first field that is given counts. */
export interface WhereAsked {
  postcode?: string | undefined;
  /** INSEE code, of today or from before a merger. */
  commune?: string | undefined;
  name?: string | undefined;
  /** Whatever was typed into the one field: a postcode, a code, a name, or "Saint-Claude 39200". */
  where?: string | undefined;
}

export interface FoundCommune {
  insee: string;
  name: string;
  postcodes: string[];
  departementCode: string;
  departementName: string;
  /** Whether the operator has an area there. */
  served: boolean;
}

export type FoundCommunes =
  | { kind: 'found'; communes: FoundCommune[] }
  | { kind: 'unknown'; suggestions: FoundCommune[] }
  | { kind: 'nothing_asked' };

const MOST_FOUND = 60;
const MOST_SUGGESTED = 6;

/** Finds communes by postcode, INSEE code or name (accents, case, hyphens and "St" do not matter), or near misses. */
export async function findCommunes(db: Kysely<DB>, asked: WhereAsked): Promise<FoundCommunes> {
  const typed = (asked.postcode ?? asked.commune ?? asked.name ?? asked.where ?? '').normalize('NFC').slice(0, 100);
  const { code, name } = taken(typed);
  if (!code && !name) return { kind: 'nothing_asked' };
  if (code && !name) return byCode(db, asked, code);
  const exact = await named(db, name);
  const fitting = code ? exact.filter((commune) => fits(commune, code)) : exact;
  if (fitting.length > 0) return { kind: 'found', communes: fitting };
  if (exact.length > 0) return { kind: 'unknown', suggestions: exact.slice(0, MOST_SUGGESTED) };
  return { kind: 'unknown', suggestions: await nearMisses(db, name) };
}

/** Splits "Saint-Claude (39)" and "39 200 Saint-Claude" into name and digits. */
function taken(typed: string): { code: string; name: string } {
  const joined = typed.replace(/\b(\d{2})[ \u00a0\u202f](\d{3})\b/, '$1$2');
  const code = /(?:^|[^\p{L}\d])(\d{5}|2[AB]\d{3}|97\d|2[AB]|\d{2})(?=$|[^\p{L}\d])/iu.exec(joined);
  const name = code ? joined.replace(code[1]!, ' ') : joined;
  return { code: code?.[1]?.toUpperCase() ?? '', name: name.replace(/[^\p{L}\d'’-]+/gu, ' ').trim() };
}

function fits(commune: FoundCommune, code: string): boolean {
  return commune.postcodes.includes(code) || commune.insee === code || commune.departementCode === code;
}

async function byCode(db: Kysely<DB>, asked: WhereAsked, code: string): Promise<FoundCommunes> {
  const onlyInsee = asked.postcode === undefined && asked.commune !== undefined;
  const onlyPostcode = asked.postcode !== undefined;
  const byPostcode = onlyInsee ? [] : await communes(db, sql<boolean>`postcodes @> array[${code}]::text[]`);
  const found = byPostcode.length > 0 || onlyPostcode ? byPostcode : await ofInsee(db, code);
  return found.length > 0 ? { kind: 'found', communes: found } : { kind: 'unknown', suggestions: [] };
}

/** By today's code, else by one from before a merger. */
async function ofInsee(db: Kysely<DB>, code: string): Promise<FoundCommune[]> {
  const today = (await communeOf(db, { insee: code })).map(asFound);
  if (today.length > 0) return today;
  return communes(db, sql<boolean>`insee in (select commune_insee from former_commune where insee = ${code})`);
}

async function named(db: Kysely<DB>, name: string): Promise<FoundCommune[]> {
  return communes(
    db,
    sql<boolean>`insee in (select insee from commune where search_name = commune_key(${name}) union all select commune_insee from former_commune where search_name = commune_key(${name}))`,
  );
}

async function nearMisses(db: Kysely<DB>, name: string): Promise<FoundCommune[]> {
  const rows = await sql<{ insee: string }>`
    with asked as (select commune_key(${name}) as key),
    near as (
      select insee, search_name from commune, asked where search_name % key or search_name like key || ' %'
      union all
      select commune_insee, search_name from former_commune, asked where search_name % key or search_name like key || ' %'
    )
    select insee from near, asked group by insee
    order by exists (select 1 from area where commune_insee = insee) desc,
      max(similarity(search_name, key) + case when search_name like key || ' %' then 0.5 else 0 end) desc, insee
    limit ${MOST_SUGGESTED}`.execute(db);
  const order = rows.rows.map((row) => row.insee);
  if (order.length === 0) return [];
  const found = await communes(db, sql<boolean>`insee = any(${order}::text[])`);
  return found.sort((a, b) => order.indexOf(a.insee) - order.indexOf(b.insee));
}

const communeOf = prepared((db: Kysely<DB>, given: { insee: string }) =>
  communesWhere(db, sql<boolean>`insee = ${given.insee}`),
);

async function communes(db: Kysely<DB>, condition: ReturnType<typeof sql<boolean>>): Promise<FoundCommune[]> {
  return (await communesWhere(db, condition).execute()).map(asFound);
}

/** A commune that became part of another is found under its own name only while its areas have not moved. */
const stillStands = sql<boolean>`(dropped_in is null or exists (select from area where commune_insee = insee))`;

function communesWhere(db: Kysely<DB>, condition: ReturnType<typeof sql<boolean>>) {
  return db
    .selectFrom('commune')
    .where(condition)
    .where(stillStands)
    .select(['insee', 'name', 'postcodes', 'departementCode', 'departementName'])
    .select((eb) =>
      eb.exists(eb.selectFrom('area').whereRef('communeInsee', '=', 'insee').select('area.id')).as('served'),
    )
    .orderBy('served', 'desc')
    .orderBy('population', 'desc')
    .limit(MOST_FOUND);
}

function asFound<Row extends { served: unknown }>(row: Row): Omit<Row, 'served'> & { served: boolean } {
  return { ...row, served: row.served === true };
}
