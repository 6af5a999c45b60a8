import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { projectRoot } from '../../platform/root.ts';

const PACKAGE = join(projectRoot, 'node_modules', '@etalab', 'decoupage-administratif');

interface CommuneRecord {
  code: string;
  nom: string;
  type: string;
  departement: string;
  arrondissement?: string;
  codesPostaux?: string[];
  population?: number;
  /** Of a municipal arrondissement (Paris, Lyon, Marseille): the commune it belongs to. */
  commune?: string;
  /** Of a commune that merged: the one it is part of now. */
  chefLieu?: string;
  /** INSEE codes a commune had before. */
  anciensCodes?: string[];
}

/**
 * Loads the communes of France (INSEE, La Poste) when this edition is not in the database yet; returns how many there
 * are, or 0 when nothing was to be done. Communes that a newer edition dropped stay and are marked: customers may refer
 * to them, until `mergeCommunes` moves their areas.
 */
export async function loadTerritory(pool: Pool): Promise<number> {
  const { version } = (await readJson('package.json')) as { version: string };
  const known = await pool.query('select 1 from territory_edition where edition = $1', [version]);
  if (known.rowCount) return 0;
  const rows = await communeRows();
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `insert into commune (insee, name, search_name, postcodes, population, epci_code, epci_name, arrondissement, departement_code, departement_name)
       select r.insee, r.name, commune_key(r.name), r.postcodes, r.population, r."epciCode", r."epciName", r.arrondissement, r."departementCode", r."departementName"
       from jsonb_to_recordset($1::jsonb) as r(insee text, name text, postcodes text[], population int, "epciCode" text, "epciName" text, arrondissement text, "departementCode" text, "departementName" text)
       on conflict (insee) do update set name = excluded.name, search_name = excluded.search_name, postcodes = excluded.postcodes,
         population = excluded.population, epci_code = excluded.epci_code, epci_name = excluded.epci_name,
         arrondissement = excluded.arrondissement, departement_code = excluded.departement_code, departement_name = excluded.departement_name`,
      [JSON.stringify(rows)],
    );
    const codes = rows.map(({ insee }) => insee);
    await client.query(
      `update commune set dropped_in = case when insee = any($1) then null else $2 end
       where (dropped_in is null) <> (insee = any($1))`,
      [codes, version],
    );
    // A commune that stands on its own again is no former one of another.
    await client.query('delete from former_commune where insee = any($1) and commune_insee <> insee', [codes]);
    await client.query(
      `insert into former_commune (insee, name, search_name, commune_insee)
       select r.insee, r.name, commune_key(r.name), r."communeInsee" from jsonb_to_recordset($1::jsonb) as r(insee text, name text, "communeInsee" text)
       on conflict (insee, name) do update set search_name = excluded.search_name, commune_insee = excluded.commune_insee`,
      [JSON.stringify(await formerCommuneRows())],
    );
    await client.query('insert into territory_edition (edition) values ($1) on conflict do nothing', [version]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  return rows.length;
}

async function communeRows() {
  const [communes, epcis, arrondissements, departements] = (await Promise.all(
    ['communes', 'epci', 'arrondissements', 'departements'].map((name) => readJson(`data/${name}.json`)),
  )) as [
    CommuneRecord[],
    { code: string; nom: string; membres: { code: string }[] }[],
    { code: string; nom: string }[],
    { code: string; nom: string }[],
  ];
  const epciOf = new Map(epcis.flatMap((epci) => epci.membres.map((member) => [member.code, epci] as const)));
  const arrondissementNames = new Map(arrondissements.map((row) => [row.code, row.nom]));
  const departementNames = new Map(departements.map((row) => [row.code, row.nom]));
  const cityPostcodes = postcodesOfCities(communes);
  return communes
    .filter((commune) => commune.type === 'commune-actuelle')
    .map((commune) => ({
      insee: commune.code,
      name: commune.nom,
      postcodes: commune.codesPostaux?.length ? commune.codesPostaux : (cityPostcodes.get(commune.code) ?? []),
      population: commune.population ?? 0,
      epciCode: epciOf.get(commune.code)?.code ?? null,
      epciName: epciOf.get(commune.code)?.nom ?? null,
      arrondissement: commune.arrondissement ? (arrondissementNames.get(commune.arrondissement) ?? null) : null,
      departementCode: commune.departement,
      departementName: departementNames.get(commune.departement) ?? commune.departement,
    }));
}

/** What merged, what was renumbered, and the arrondissements of the three largest cities. */
async function formerCommuneRows() {
  const communes = (await readJson('data/communes.json')) as CommuneRecord[];
  const current = new Map(communes.filter((row) => row.type === 'commune-actuelle').map((row) => [row.code, row]));
  const merged = communes.flatMap((row) => {
    const now = current.get(row.chefLieu ?? row.commune ?? '');
    return row.type === 'commune-actuelle' || !now || (now.code === row.code && now.nom === row.nom)
      ? []
      : [{ insee: row.code, name: row.nom, communeInsee: now.code }];
  });
  const renumbered = [...current.values()].flatMap((row) =>
    (row.anciensCodes ?? []).map((insee) => ({ insee, name: row.nom, communeInsee: row.code })),
  );
  const rows = [...merged, ...renumbered];
  return [...new Map(rows.map((row) => [`${row.insee} ${row.name}`, row])).values()];
}

/** Paris, Lyon and Marseille carry their postcodes on their municipal arrondissements. */
function postcodesOfCities(communes: CommuneRecord[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { commune, codesPostaux } of communes)
    if (commune) found.set(commune, [...(found.get(commune) ?? []), ...(codesPostaux ?? [])]);
  return found;
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(join(PACKAGE, path), 'utf8'));
}
