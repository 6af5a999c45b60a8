import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import {
  divisions,
  type EndedPromise,
  type Fact,
  factsOfLog as factsInLog,
  promisesOfLog,
  recompute,
  shareByCustomer,
  told,
} from '../../../test/figures-of-log.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { measureContinuity } from '../../core/continuity/indices.ts';
import { system } from '../actor.ts';
import { reply } from '../casefiles/reply.ts';
import { watchCommitments } from '../commitments/watch.ts';
import { changeAdvisor } from '../customers/change-advisor.ts';
import { newId } from '../id.ts';
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

/**
 * Forty customers of two pods and two territories, half of them town halls, who write, call and are answered by whoever
 * comes next: most of them the same day.
 */
beforeAll(async () => {
  world = await buildWorld(db);
  const elsewhere = await addSecondPlace();
  const people = ['ana', 'ana', 'bruno', 'ana', 'lea', 'chloe'] as const;
  let turn = 0;
  for (let each = 0; each < 40; each += 1) {
    const kind = each % 2 === 0 ? 'town_hall' : 'household';
    const customer =
      each % 4 < 2
        ? await addTestCustomer(db, world, { kind })
        : await addTestCustomer(db, { ...world, areaId: elsewhere }, { kind, advisorId: world.bruno });
    const rounds = each === 3 ? 11 : 2 + (each % 3);
    for (let round = 0; round < rounds; round += 1) {
      db.clock.now = new Date(Date.parse('2026-06-01T08:00:00Z') + (each * 15 + round) * 7_200_000);
      turn += 1;
      const who = people[turn % people.length] ?? 'ana';
      const slow = round === rounds - 1 && each % 4 > 1 && each % 3 !== 1;
      await exchange(
        customer,
        who,
        round % 3 === 2 ? 'call' : 'mail',
        slow ? 1_800 + turn : turn % 5 === 0 ? 60 : 20 + turn,
      );
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

/** A second pod with Bruno in it, and an area of another intercommunality that is his. */
async function addSecondPlace(): Promise<string> {
  const [podId, areaId] = [newId(), newId()];
  await db.transact(async (tx) => {
    await tx.db.insertInto('pod').values({ id: podId, officeId: world.officeId, name: 'Besançon' }).execute();
    await tx.db.updateTable('advisor').set({ podId }).where('id', '=', world.bruno).execute();
    const area = { id: areaId, communeInsee: '25056', officeId: world.officeId, advisorId: world.bruno };
    await tx.db.insertInto('area').values(area).execute();
  });
  return areaId;
}

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
  for (let attempt = 0; attempt < 800; attempt += 1) {
    await db.transact(gatherFigures);
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from event, figures_place p
      where (event.xid, event.seq) > (p.xid, p.seq)`.execute(db.database.kysely);
    if (rows[0]?.left === 0) return;
    await wait(100);
  }
  throw new Error('a transaction of another database stayed open for 80 s');
}

const factsOfLog = () => factsInLog(db.database.kysely);

describe('every figure equals its recomputation from the event log', () => {
  test.each(divisions)('divided by %s', async (division, keyOf) => {
    const [facts, promises] = [await factsOfLog(), await promisesOfLog(db.database.kysely)];
    const groups = await readGroups(db.database.kysely, division, period);
    expect(groups.map(({ key }) => key)).toEqual([...new Set(facts.map(keyOf))].sort());
    const compared = new Set<string>();
    for (const group of groups) {
      if (group.contacts === null) continue;
      const within = <Item extends Parameters<typeof keyOf>[0]>(all: readonly Item[]) =>
        all.filter((each) => keyOf(each) === group.key);
      const again = recompute(within(facts), within(promises));
      for (const [name, value] of Object.entries(told(group))) {
        if (value === null) continue;
        expect(value, `${name} of ${group.key}`).toBeCloseTo(again[name as keyof typeof again] ?? Number.NaN, 10);
        compared.add(name);
      }
    }
    // Nothing was left out for want of cases; commitments belong to no channel, and most of them ended in one month.
    const all = Object.keys(told(groups[0] as (typeof groups)[number]));
    const without = division === 'channel' || division === 'month' ? ['promises', 'kept', 'keptLow', 'keptHigh'] : [];
    expect(all.filter((name) => !compared.has(name))).toEqual(without);
    expect(groups).toHaveLength({ all: 1, month: 3 }[division as string] ?? 2);
  });

  test('with broken promises, answers after a day, and intervals that are no points', async () => {
    const [all] = await readGroups(db.database.kysely, 'all', period);
    for (const share of [all?.kept?.share, all?.waited?.within24h, all?.own, all?.named]) {
      expect(share?.value).toBeGreaterThan(0.03);
      expect(share?.value).toBeLessThan(1);
      expect((share?.high ?? 0) - (share?.low ?? 0)).toBeGreaterThan(0.02);
    }
    expect(all?.waited?.p99).toBeGreaterThan(all?.waited?.p95 ?? 1e9);
  });

  test('parity: both sides, the difference and its interval', async () => {
    const [facts, promises] = [await factsOfLog(), await promisesOfLog(db.database.kysely)];
    const { parity } = await readFigures(db.database.kysely, period, db.clock.now);
    const waited = facts.filter(({ waited: seconds }) => seconds !== null);
    for (const [measure, items, holds] of [
      ['inTimeToHuman', waited, (fact: Fact) => (fact.waited ?? 0) <= 86_400],
      ['ownShare', facts, (fact: Fact) => fact.own],
      ['kept', promises, (promise: EndedPromise) => promise.inTime],
    ] as [string, { customer: string; official: boolean }[], (item: unknown) => boolean][]) {
      const side = (official: boolean) =>
        shareByCustomer(
          items.filter((each) => each.official === official),
          holds,
        );
      const [a, b] = [side(true), side(false)];
      const told = parity.find((each) => each.measure === measure);
      expect(told?.officials.share?.value, measure).toBeCloseTo(a.value, 10);
      expect(told?.subscribers.share?.value, measure).toBeCloseTo(b.value, 10);
      expect(told?.officials.contacts).toBe(items.filter(({ official }) => official).length);
      expect(told?.difference?.value).toBeCloseTo(a.value - b.value, 10);
      // Newcombe's method 10: each end from the ends of the two that lie that way.
      const reach = (one: number, other: number) => Math.sqrt(one ** 2 + other ** 2);
      expect(told?.difference?.low).toBeCloseTo(a.value - b.value - reach(a.value - a.low, b.high - b.value), 10);
      expect(told?.difference?.high).toBeCloseTo(a.value - b.value + reach(a.high - a.value, b.value - b.low), 10);
    }
  });

  test('of one customer', async () => {
    const facts = await factsOfLog();
    const busy = [...Map.groupBy(facts, (fact) => fact.customer)].filter(([, each]) => each.length >= 10);
    const read = await readCustomerFigures(db.database.kysely, period);
    expect(read.customers).toEqual(busy.map(([customerId, each]) => ({ customerId, ...measureContinuity(each) })));
    expect(read.customers).toHaveLength(1);
    expect(read.withFewer).toBe(39);
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
