import type { WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import { CLOSED_WEEK } from '../../core/calendar/weekly-hours.ts';
import type { Tx } from '../tx.ts';
import { insertAll, storedHours } from './bulk.ts';
import { compass, demoOffices, quarters } from './staff-list.ts';
import type { MadeAdvisor, MadeArea, Making } from './world.ts';

/** The département's arrondissements from north to south and back, so that neighbours follow each other. */
const ROUTE = ['Montbéliard', 'Besançon', 'Pontarlier', 'Saint-Claude', 'Lons-le-Saunier', 'Dole'];
/** A town larger than this is cut into sectors of about this many inhabitants: a tenth of a caseload. */
const TOWN = 8_000;
const SECTOR = 2_600;
const TOWN_HALL_WEIGHT = 250;

const open = [{ from: '09:00', to: '18:00' }];
export const officeHours: WeeklyHours = { ...CLOSED_WEEK, 1: open, 2: open, 3: open, 4: open, 5: open };

interface CommuneRow {
  insee: string;
  name: string;
  postcodes: string[];
  population: number;
  epciCode: string | null;
  arrondissement: string | null;
  departementCode: string;
}

/** Opens the six offices; answers their ids by the arrondissement they serve. */
export async function makeOffices(tx: Tx, { dice, now }: Making): Promise<Map<string, string>> {
  const offices = demoOffices.map((office) => ({ ...office, id: dice.id(now) }));
  await insertAll(
    tx,
    'office',
    offices.map(({ id, name, insee, street, postcode }) => ({
      id,
      name,
      communeInsee: insee,
      street,
      postcode,
      holidayRegion: 'FR',
      openingHours: storedHours(officeHours),
      demo: true,
    })),
  );
  return new Map(offices.map((office) => [office.arrondissement, office.id]));
}

/** Cuts both départements into areas and gives each advisor a compact run of them, as heavy as their share of work. */
export async function makeAreas(
  tx: Tx,
  { dice, now }: Making,
  offices: ReadonlyMap<string, string>,
  advisors: readonly MadeAdvisor[],
): Promise<MadeArea[]> {
  const cut = (await communesOf(tx)).flatMap(cutIntoSectors);
  const owners = sharedOut(cut, advisors);
  const areas = cut.map(({ commune, sector, weight, first }, index) => ({
    row: {
      id: dice.id(now),
      communeInsee: commune.insee,
      sector,
      officeId: offices.get(commune.arrondissement ?? '') ?? [...offices.values()][0]!,
      advisorId: owners[index]!.id,
      demo: true,
    },
    made: {
      insee: commune.insee,
      commune: commune.name,
      postcode: commune.postcodes[0] ?? '',
      departement: commune.departementCode,
      weight,
      first,
    },
  }));
  await insertAll(
    tx,
    'area',
    areas.map(({ row }) => row),
  );
  return areas.map(({ row, made }) => ({ ...made, id: row.id, advisorId: row.advisorId }));
}

async function communesOf({ db }: Tx): Promise<CommuneRow[]> {
  const rows = await db
    .selectFrom('commune')
    .where('departementCode', 'in', ['25', '39'])
    .select(['insee', 'name', 'postcodes', 'population', 'epciCode', 'arrondissement', 'departementCode'])
    .execute();
  const key = (row: CommuneRow) =>
    `${ROUTE.indexOf(row.arrondissement ?? '')} ${row.epciCode} ${row.postcodes[0]} ${row.insee}`;
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

interface Cut {
  commune: CommuneRow;
  sector: string | null;
  weight: number;
  first: boolean;
}

function cutIntoSectors(commune: CommuneRow): Cut[] {
  if (commune.population < TOWN)
    return [{ commune, sector: null, weight: commune.population + TOWN_HALL_WEIGHT, first: true }];
  const count = Math.ceil(commune.population / SECTOR);
  return sectorNames(commune.insee, count).map((sector, index) => ({
    commune,
    sector,
    weight: commune.population / count,
    first: index === 0,
  }));
}

/** "Planoise 1", "Planoise 2"…: a number only where a quarter holds several sectors. */
function sectorNames(insee: string, count: number): string[] {
  const names = quarters[insee] ?? compass;
  const inEach = (place: number) => Math.floor(count / names.length) + (place < count % names.length ? 1 : 0);
  return names.flatMap((name, place) => {
    const sectors = inEach(place);
    return Array.from({ length: sectors }, (_, index) => (sectors === 1 ? name : `${name} ${index + 1}`));
  });
}

function sharedOut(cut: readonly Cut[], advisors: readonly MadeAdvisor[]): MadeAdvisor[] {
  const perShare = sum(cut.map((area) => area.weight)) / sum(advisors.map((advisor) => advisor.share));
  let advisor = 0;
  let limit = (advisors[0]?.share ?? 0) * perShare;
  let taken = 0;
  return cut.map((area) => {
    if (taken + area.weight / 2 > limit && advisor < advisors.length - 1) {
      advisor += 1;
      limit += advisors[advisor]!.share * perShare;
    }
    taken += area.weight;
    return advisors[advisor]!;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
