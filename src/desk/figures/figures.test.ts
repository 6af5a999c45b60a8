import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { divisions, factsOfLog as factsInLog, recompute, told } from '../../../test/figures-of-log.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { measureContinuity } from '../../core/continuity/indices.ts';
import { system } from '../actor.ts';
import { reply } from '../casefiles/reply.ts';
import { watchCommitments } from '../commitments/watch.ts';
import { changeAdvisor } from '../customers/change-advisor.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { readCustomerFigures } from './customers.ts';
import { readFigures } from './figures.ts';
import { gatherFigures, rebuildFigures } from './gather.ts';
import type { Period } from './group.ts';
import { newestFigures, publishFigures } from './publish.ts';
import { readGroups } from './read.ts';

const db = testDatabase();
let world: World;
const period: Period = { since: new Date('2026-01-01T00:00:00Z'), until: new Date('2100-01-01T00:00:00Z') };
const staff = (who: 'ana' | 'bruno' | 'chloe' | 'lea') =>
  ({
    kind: 'staff',
    staffId: world.staff[who],
    role: who === 'lea' ? 'lead' : 'advisor',
    advisorId: world[who],
  }) as const;

/** Twenty-four customers, half of them town halls, who write, call and are answered by whoever comes next. */
beforeAll(async () => {
  world = await buildWorld(db);
  const people = ['ana', 'ana', 'bruno', 'ana', 'lea', 'chloe'] as const;
  let turn = 0;
  for (let each = 0; each < 24; each += 1) {
    const customer = await addTestCustomer(db, world, { kind: each % 2 === 0 ? 'town_hall' : 'household' });
    for (let round = 0; round < (each === 3 ? 11 : 2 + (each % 3)); round += 1) {
      db.clock.now = new Date(Date.parse('2026-06-01T08:00:00Z') + (each * 15 + round) * 7_200_000);
      turn += 1;
      const who = people[turn % people.length] ?? 'ana';
      await exchange(customer, who, round % 3 === 2 ? 'call' : 'mail', turn % 5 === 0 ? 60 : 20 + turn);
    }
    if (each === 5)
      await db.transact((tx) =>
        changeAdvisor(tx, staff('lea'), { customerId: customer.id, advisorId: world.bruno, handover: 'Relais écrit.' }),
      );
    // The database itself writes since when, by its own clock.
    db.clock.now = new Date(Date.now() + 60_000);
    if (each === 5) await exchange(customer, 'bruno', 'mail', 30);
  }
  await gatherAll();
}, 120_000);

async function exchange(
  customer: { mail: string; phone: string },
  who: 'ana' | 'bruno' | 'chloe' | 'lea',
  channel: 'mail' | 'call',
  minutes: number,
) {
  const from = channel === 'mail' ? { mail: customer.mail } : { phone: customer.phone };
  const received = await db.transact((tx) =>
    receiveInteraction(tx, channel === 'call' ? staff(who) : system, {
      channel, at: tx.now, from, proven: true, text: `Bonjour ${db.clock.now.toISOString()}`, acknowledge: false,
    }),
  ); // biome-ignore format: one message
  if (received.kind !== 'interaction' || channel === 'call') return;
  db.clock.now = new Date(db.clock.now.getTime() + minutes * 60_000);
  await watchCommitments(db.transact);
  await db.transact((tx) => reply(tx, staff(who), { caseFileId: received.caseFileId, text: 'Voici.' }));
}

/** Other databases of the server may hold a transaction open; what is younger is gathered later. */
async function gatherAll(): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    await db.transact(gatherFigures);
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from event, figures_place p
      where (event.xid, event.seq) > (p.xid, p.seq)`.execute(db.database.kysely);
    if (rows[0]?.left === 0) return;
    await wait(100);
  }
  throw new Error('a transaction of another database stayed open for 20 s');
}

const factsOfLog = () => factsInLog(db.database.kysely);

describe('every figure equals its recomputation from the event log', () => {
  test.each(divisions)('divided by %s', async (division, keyOf) => {
    const facts = await factsOfLog();
    const groups = await readGroups(db.database.kysely, division, period);
    expect(groups.map(({ key }) => key)).toEqual([...new Set(facts.map(keyOf))].sort());
    for (const group of groups) {
      if (group.contacts === null) continue;
      const values = told(group);
      const again = recompute(facts.filter((fact) => keyOf(fact) === group.key));
      for (const name of ['contacts', 'customers', 'own', 'named', 'upc', 'coc', 'secon', 'peoplePerYear'] as const)
        expect(values[name], `${name} of ${group.key}`).toBeCloseTo(again[name], 10);
      if (group.waited) expect(values).toMatchObject({ p50: again.p50, p95: again.p95 });
    }
  });

  test('promises kept', async () => {
    const { rows } = await sql<{ type: string; inTime: string | null }>`
      select type, facts->>'inTime' as "inTime" from event where type in ('commitment.kept', 'commitment.broken')`.execute(
      db.database.kysely,
    );
    const [all] = await readGroups(db.database.kysely, 'all', period);
    expect(all?.kept?.commitments).toBe(rows.length);
    expect(all?.kept?.share.value).toBeCloseTo(rows.filter((row) => row.inTime === 'true').length / rows.length, 10);
    expect(rows.length).toBeGreaterThan(30);
  });

  test('of one customer', async () => {
    const facts = await factsOfLog();
    const busy = [...Map.groupBy(facts, (fact) => fact.customer)].filter(([, each]) => each.length >= 10);
    const read = await readCustomerFigures(db.database.kysely, period);
    expect(read.customers).toEqual(busy.map(([customerId, each]) => ({ customerId, ...measureContinuity(each) })));
    expect(read.customers).toHaveLength(1);
    expect(read.withFewer).toBe(23);
  });
});

test('an exchange after a change of advisor counts for the new one, and those before for the former', async () => {
  const facts = await factsOfLog();
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from event where type = 'customer.advisor_changed'`.execute(db.database.kysely);
  const mine = facts.filter((fact) => fact.customer === rows[0]?.id);
  expect(mine.at(-1)).toMatchObject({ with: world.bruno, own: true });
  expect(mine.slice(0, -1).every((fact) => fact.own === (fact.with === world.ana))).toBe(true);
});

test('gathered twice, or again from the beginning, nothing counts double', async () => {
  const before = await readFigures(db.database.kysely, period, db.clock.now);
  await db.transact(gatherFigures);
  await db.transact(rebuildFigures);
  await gatherAll();
  expect(await readFigures(db.database.kysely, period, db.clock.now)).toEqual(before);
});

test('a group under ten shows nothing, and nor does the only group it could be worked out from', async () => {
  const calls = (await factsOfLog()).filter((fact) => fact.channel === 'call');
  expect(new Set(calls.map((fact) => fact.customer)).size).toBeGreaterThanOrEqual(10);
  const few = { since: period.since, until: new Date('2026-06-06T00:00:00Z') };
  const groups = await readGroups(db.database.kysely, 'channel', few);
  expect(groups.length).toBe(2);
  for (const group of groups) expect(group).toMatchObject({ contacts: null, own: null, waited: null, upc: null });
});

test('town halls and subscribers are compared with an interval around the difference', async () => {
  const { parity } = await readFigures(db.database.kysely, period, db.clock.now);
  const own = parity.find(({ measure }) => measure === 'ownShare');
  expect(own?.officials.contacts).toBeGreaterThan(20);
  expect(own?.difference?.low).toBeLessThan(own?.difference?.value ?? 0);
  expect(own?.difference?.high).toBeGreaterThan(own?.difference?.value ?? 0);
});

test('whole months are published once and stay as they were', async () => {
  db.clock.now = new Date('2026-08-03T09:00:00Z');
  await db.transact(publishFigures);
  const first = await newestFigures(db.database.kysely);
  expect(first?.figures).toMatchObject({ since: '2026-05-31T22:00:00.000Z', until: '2026-07-31T22:00:00.000Z' });
  expect(first?.figures.total?.contacts).toBe((await factsOfLog()).length - 1);
  await sql`delete from contact_fact where seq = (select min(seq) from contact_fact)`.execute(db.database.kysely);
  await db.transact(publishFigures);
  expect(await newestFigures(db.database.kysely)).toEqual(first);
});
