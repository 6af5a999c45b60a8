import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { addCustomer } from '../customers/add.ts';
import { changeAdvisor } from '../customers/change-advisor.ts';
import { medianTenures } from './sums.ts';

const db = testDatabase();
const YEAR_MS = 31_557_600_000;
let world: World;
const lead = () => ({ kind: 'staff', staffId: world.staff.lea, role: 'lead', advisorId: world.lea }) as const;

/** Eleven customers who came over three years; two of them have had another advisor since today. */
beforeAll(async () => {
  world = await buildWorld(db);
  const added: string[] = [];
  for (let month = 0; month < 11; month += 1) {
    db.clock.now = new Date(Date.parse('2023-12-01T09:00:00Z') + month * 100 * 86_400_000);
    const customer = { kind: 'household', name: `Foyer ${month}`, commune: '39478' } as const;
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

/** When each customer's advisor of today began, from the log and nothing else. */
async function begunByLog(...only: string[]): Promise<number[]> {
  const types = only.length > 0 ? only : ['customer.added', 'customer.advisor_changed'];
  const rows = await db.database.kysely
    .selectFrom('event')
    .where('type', 'in', types)
    .select(['customerId', 'at'])
    .orderBy('at')
    .execute();
  return [...new Map(rows.map(({ customerId, at }) => [customerId, at.getTime()])).values()];
}
