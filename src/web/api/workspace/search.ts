import { type Kysely, sql } from 'kysely';
import type { DB } from '../../../desk/tables.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { search } from '../../../desk/views/search.ts';
import { get, type Route, type WebContext } from '../../route.ts';
import { answer } from './answer.ts';
import type { Found, FoundCommune } from './shapes.ts';

export const searchRoutes: Route[] = [get('/api/v1/workspace/search', 'read customers', find)];

const MOST_COMMUNES = 6;

async function find(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const asked = (c.req.query('q') ?? '').slice(0, 200);
  const roster = await readRoster(db, clock());
  const [found, communes] = await Promise.all([search(db, asked), findCommunes(db, asked)]);
  const name = (id: string) => roster.advisors.get(id)?.name ?? '';
  return answer<Found>(c, {
    customers: found.customers.map((each) => ({
      id: each.id,
      name: each.name,
      commune: each.commune,
      advisorName: name(each.advisorId),
      found: each.found,
    })),
    communes: communes.map((each) => ({
      ...each,
      advisors: each.advisors.map((one) => ({ ...one, name: name(one.id) })),
    })),
    words: found.interactions.map((each) => ({
      customerId: each.customerId,
      customerName: each.customerName,
      caseFileId: each.caseFileId,
      subject: each.subject,
      excerpt: each.excerpt,
      at: each.at,
    })),
  });
}

/** Communes we serve, by the beginning of their name or by postcode, with who serves them. */
async function findCommunes(
  db: Kysely<DB>,
  asked: string,
): Promise<(Omit<FoundCommune, 'advisors'> & { advisors: { id: string; sector: string | null }[] })[]> {
  const words = asked.trim();
  if (words.length < 2) return [];
  const rows = await db
    .selectFrom('area')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .where(
      /^\d{5}$/.test(words)
        ? sql<boolean>`${words} = any(commune.postcodes)`
        : sql<boolean>`commune.search_name like commune_key(${words}) || '%'`,
    )
    .orderBy('commune.population', 'desc')
    .limit(40)
    .select(['commune.insee', 'commune.name', 'commune.postcodes', 'area.sector', 'area.advisorId'])
    .execute();
  const groups = Map.groupBy(rows, (row) => row.insee);
  return [...groups.values()].slice(0, MOST_COMMUNES).flatMap((areas) => {
    const [first] = areas;
    if (!first) return [];
    const { insee, name, postcodes } = first;
    return [{ insee, name, postcodes, advisors: areas.map((each) => ({ id: each.advisorId, sector: each.sector })) }];
  });
}
