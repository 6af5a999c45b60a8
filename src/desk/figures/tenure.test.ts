import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { addCustomer } from '../customers/add.ts';
import { changeAdvisor } from '../customers/change-advisor.ts';
import { newId } from '../id.ts';
import { medianTenures } from './sums.ts';
import { readTenureByMonth } from './tenure-by-month.ts';

const db = testDatabase();
const YEAR_MS = 31_557_600_000;
let world: World;
const lead = () => ({ kind: 'staff', staffId: world.staff.lea, role: 'lead', advisorId: world.lea }) as const;

/** Eleven customers who came over three years, four of them in another territory; two have had another advisor since today. */
beforeAll(async () => {
  world = await buildWorld(db);
  await db.database.kysely
    .insertInto('area')
    .values({ id: newId(), communeInsee: '25056', officeId: world.officeId, advisorId: world.ana })
    .execute();
  const added: string[] = [];
  for (let month = 0; month < 11; month += 1) {
    db.clock.now = new Date(Date.parse('2023-12-01T09:00:00Z') + month * 100 * 86_400_000);
    const customer = {
      kind: 'household',
      name: `Foyer ${month}`,
      commune: month % 3 === 2 ? '25056' : '39478',
    } as const;
    const done = await db.transact((tx) => addCustomer(tx, lead(), customer));
    if (!done.ok) throw new Error(JSON.stringify(done));
    added.push(done.id);
  }
  // The database itself writes since when, by its own clock.
  db.clock.now = new Date();
  for (const customerId of added.slice(0, 2))
    await db.transact((tx) =>
      changeAdvisor(tx, lead(), { customerId, advisorId: world.bruno, handover: 'Relais écrit.' }),
    );
});

test('the median tenure with today’s advisor equals what the event log alone says', async () => {
  const until = new Date(Date.now() + YEAR_MS / 2);
  const [read] = await medianTenures(db.database.kysely, 'all', until);
  const years = (await begunByLog()).map((since) => (until.getTime() - since) / YEAR_MS).sort((a, b) => a - b);
  expect(years).toHaveLength(11);
  expect(read?.years).toBeCloseTo(years[5] ?? Number.NaN, 4);
  // Those who changed began anew: the median of all who came lies elsewhere.
  const came = (await begunByLog('customer.added')).map((since) => (until.getTime() - since) / YEAR_MS);
  expect(read?.years).not.toBeCloseTo(came.sort((a, b) => a - b)[5] ?? Number.NaN, 2);
});

test('of each territory too, by where the customers live', async () => {
  const until = new Date(Date.now() + YEAR_MS / 2);
  const read = await medianTenures(db.database.kysely, 'territory', until);
  const { rows } = await db.database.pool.query<{ id: string; epci: string }>(
    'select c.id, m.epci_code as epci from customer c join area a on a.id = c.area_id join commune m on m.insee = a.commune_insee',
  );
  const begun = await begunByCustomer();
  const places = Map.groupBy(rows, ({ epci }) => epci);
  expect(read.map(({ key }) => key).sort()).toEqual([...places.keys()].sort());
  expect(places.size).toBe(2);
  for (const { key, years } of read) {
    const all = (places.get(key) ?? []).map(({ id }) => (until.getTime() - (begun.get(id) ?? 0)) / YEAR_MS);
    expect(years).toBeCloseTo(median(all), 4);
  }
});

test('month by month: the advisor of that time counts, from the tenth customer on', async () => {
  const period = { since: new Date('2025-01-01T00:00:00Z'), until: new Date() };
  const months = await readTenureByMonth(db.database.kysely, period);
  const came = await begunByLog('customer.added');
  const ten = came.sort((a, b) => a - b)[9] ?? 0;
  const firstMonth = new Date(ten).toISOString().slice(0, 7);
  expect([...months.keys()][0]).toBe(firstMonth);
  const end = Date.UTC(Number(firstMonth.slice(0, 4)), Number(firstMonth.slice(5)), 1);
  const then = came.filter((at) => at < end).map((at) => (end - at) / YEAR_MS);
  // Whole days; of an even number of customers the one who came later.
  expect(months.get(firstMonth)).toBeCloseTo(then.sort((a, b) => a - b)[Math.ceil(then.length / 2) - 1] ?? 0, 1);
});

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

/** When each customer's advisor of today began, from the log and nothing else. */
async function begunByCustomer(...only: string[]): Promise<Map<string | null, number>> {
  const types = only.length > 0 ? only : ['customer.added', 'customer.advisor_changed'];
  const rows = await db.database.kysely
    .selectFrom('event')
    .where('type', 'in', types)
    .select(['customerId', 'at'])
    .orderBy('at')
    .execute();
  return new Map(rows.map(({ customerId, at }) => [customerId, at.getTime()]));
}

async function begunByLog(...only: string[]): Promise<number[]> {
  return [...(await begunByCustomer(...only)).values()];
}
