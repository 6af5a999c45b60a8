import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { SimulateStaffing, Staffing } from '../../core/planning/staffing.ts';
import { type Actor, system } from '../actor.ts';
import { newId } from '../id.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { planningJobs, simulateStudy } from './jobs.ts';
import { makePlan } from './make-plan.ts';
import { planSentences } from './sentences.ts';
import { askForStudy, cancelStudy, readStudy } from './study.ts';

const db = testDatabase();
let world: World;
let lead: Actor;

beforeAll(async () => {
  world = await buildWorld(db);
  lead = { kind: 'staff', staffId: world.staff.lea, advisorId: world.lea, role: 'lead' } as Actor;
});

const kysely = () => db.database.kysely;
const plan = (entered: Parameters<typeof makePlan>[2] = {}) => makePlan(kysely(), db.clock.now, entered);

test('acceptance, call length and the hours of the day are measured once there are enough, beside what was assumed', async () => {
  const before = await plan();
  for (const name of ['acceptance', 'callMinutes', 'peak'] as const)
    expect(before.assumptions[name].measuredOn).toBe(0);
  expect(before.profile.measuredOn).toBe(0);
  for (let customer = 0; customer < 20; customer += 1) await addTestCustomer(db, world);
  await sql`insert into call (id, invited_at, customer_id, answered_at, answered_by, ended_at, wrapped_at)
    select 'c' || n, at, (select id from customer order by id limit 1 offset n % 20), at + interval '10 s', ${world.ana}, at + interval '5 min 10 s', at + interval '6 min 10 s'
    from (select n, ${db.clock.now}::timestamptz - n * interval '1 hour' as at from generate_series(1, 400) as n) as calls`.execute(
    kysely(),
  );
  await sql`insert into call (id, invited_at, answered_at, answered_by, ended_at) values
    ('forgotten', ${db.clock.now}::timestamptz - interval '2 days', ${db.clock.now}::timestamptz - interval '2 days', ${world.ana}, ${db.clock.now}::timestamptz - interval '1 day')`.execute(
    kysely(),
  );
  await sql`insert into callback_offer (call_id, customer_id, advisor_id, own, before, offered_at, accepted_at, declined_at)
    select id, customer_id, ${world.ana}, true, invited_at, invited_at, case when nr % 4 > 0 then invited_at end, case when nr % 4 = 0 then invited_at end
    from (select *, row_number() over (order by id) as nr from call where customer_id is not null limit 40) as heard`.execute(
    kysely(),
  );
  const { assumptions, assumed } = await plan();
  expect(assumptions.acceptance).toMatchObject({ value: 0.75, measuredOn: 40 });
  expect(assumptions.acceptance.low).toBeGreaterThan(0.5);
  expect(assumptions.acceptance.high).toBeLessThan(0.9);
  // Writing up counts as work; a call whose end was reported a day later does not count.
  expect(assumptions.callMinutes).toMatchObject({ value: 6, measuredOn: 400 });
  expect(assumed.acceptance.value).toBe(0.6);
  expect(planSentences(await plan(), 'fr').join(' ')).toMatch(
    /rappels\sacceptés\s:\s0,75\s\(0,\d+\sà\s0,\d+\),\smesuré\ssur\s40\scas\s;\ssupposé\s0,6/u,
  );
});

test('absence is the share of days away of the last year, advisors counted; too little says that nobody enters any', async () => {
  const { now } = db.clock;
  const before = (days: number) => sql`${now}::timestamptz - make_interval(days => ${days})`;
  const away = (who: string, from: number, until: number, early: number | null = null) =>
    sql`insert into absence (id, advisor_id, starts_at, ends_at, entered_at, ended_early_at)
      values (${newId()}, ${who}, ${before(from)}, ${before(until)}, ${before(from)}, ${early === null ? null : before(early)})`.execute(
      kysely(),
    );
  // Three days of four advisors in a year: nobody writes absences down here.
  await away(world.chloe, 30, 27);
  expect((await plan()).assumptions.absence).toEqual({ value: 0.15, low: 0.1, high: 0.2, measuredOn: 0 });
  await away(world.ana, 400, 292);
  await away(world.bruno, 100, 40, 87);
  await away(world.lea, 5, -20);
  // Of the last 365 days Ana was away 73, Bruno 13 (back early), Chloé 3, Léa 5 so far: 94 of 1,460.
  const { absence } = (await plan()).assumptions;
  expect(absence.value).toBeCloseTo(94 / 1_460, 6);
  expect(absence.measuredOn).toBe(4);
  expect(absence.low).toBeLessThan(absence.value);
  expect(absence.high).toBeGreaterThan(absence.value);
});

test('the hours of the day, the busiest one and calls a month are counted from the calls that came', async () => {
  const customer = await addTestCustomer(db, world);
  const first = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail', at: tx.now, from: { mail: customer.mail }, proven: true, text: 'Bonjour', acknowledge: false,
    }),
  ); // biome-ignore format: one message
  if (first.kind !== 'interaction') throw new Error(first.kind);
  const came = (channel: string, direction: string, hour: string, count: number, daysAgo: number) =>
    sql`insert into interaction (id, customer_id, case_file_id, channel, direction, at, text)
      select uuidv7(), ${customer.id}, ${first.caseFileId}, ${channel}, ${direction},
        ((${db.clock.now}::timestamptz - make_interval(days => ${daysAgo}))::date + ${hour}::time) at time zone 'Europe/Paris', '-'
      from generate_series(1, ${count}::int)`.execute(kysely());
  // 10 h has twice the calls of every other hour; what came before 9 belongs to the first hour of the plan.
  for (const hour of [9, 11, 12, 13, 14, 15, 16, 17]) await came('call', 'in', `${hour}:20`, hour === 9 ? 30 : 40, 10);
  await came('call', 'in', '08:20', 10, 10);
  await came('call', 'in', '10:20', 80, 10);
  // None of these: too long ago, outgoing, written.
  await came('call', 'in', '17:20', 500, 120);
  await came('call', 'out', '17:20', 500, 10);
  await came('mail', 'in', '17:20', 90, 10);
  const { assumptions, profile } = await plan();
  expect(profile).toMatchObject({ measuredOn: 400, peakEntered: false });
  expect(profile.weights).toEqual([0.9, 1.8, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9].map((each) => expect.closeTo(each, 9)));
  expect(assumptions.calls).toMatchObject({ value: expect.closeTo(400 / 3, 9), measuredOn: 400 });
  expect(assumptions.calls.high - assumptions.calls.low).toBeCloseTo((2 * 1.96 * 20) / 3, 6);
  // The mail of this very moment is of the next ninety days.
  expect(assumptions.messages).toMatchObject({ value: 30, measuredOn: 90 });
  // Ten hours in which people call, 400 calls: 80 beside a mean of 40.
  expect(assumptions.peak).toMatchObject({ value: 2, measuredOn: 400 });
  expect(assumptions.peak.low).toBeCloseTo(2 - (1.96 * Math.sqrt(80)) / 40, 9);
});

test('the busiest hour a lead enters stretches the hours that are drawn and simulated', async () => {
  const measured = await plan({ calls: 9_000, advisors: 15 });
  const entered = await plan({ calls: 9_000, advisors: 15, peak: 2.5 });
  expect(Math.max(...entered.profile.weights)).toBeCloseTo(2.5, 6);
  expect(entered.profile.weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(9, 9);
  const busiest = ({ curves }: typeof entered) => Math.max(...curves.day.map(({ calls }) => calls.value));
  expect(busiest(entered)).toBeCloseTo((9_000 / 21 / 9) * 2.5, 6);
  expect(busiest(measured)).toBeCloseTo((9_000 / 21 / 9) * 1.8, 6);
  const typed = { entered: { calls: 9_000, advisors: 15, peak: 2.5 }, typed: {} };
  const study = await db.transact((tx) => askForStudy(tx, lead, typed));
  const asked = study.ok ? (await readStudy(kysely(), study.id))?.asked : undefined;
  expect(Math.max(...(asked?.weights ?? []))).toBeCloseTo(2.5, 6);
});

test('every number that an assumption moves has a range: people, sensitivity, the plots and the cost', async () => {
  const { needed, sensitivity, curves, cost, assumptions } = await plan({ customers: 40_000, calls: 6_000 });
  expect(assumptions.messageMinutes.low).toBeLessThan(assumptions.messageMinutes.high);
  const between = ({ low, value, high }: { low: number; value: number; high: number }) =>
    low <= value && value <= high && low < high;
  for (const range of [needed.needed, needed.forWork, needed.forCalls, ...sensitivity.map((each) => each.needed)])
    expect(range).toSatisfy(between);
  for (const { holdSeconds, hotlineHoldSeconds } of curves.load.slice(3))
    for (const range of [holdSeconds, hotlineHoldSeconds]) expect(range).toSatisfy(between);
  for (const { present, busy, holdSeconds } of curves.day)
    for (const range of [present, busy, holdSeconds]) expect(range).toSatisfy(between);
  expect(cost.hotline).toSatisfy(({ low, value, high }) => low <= value && value <= high);
  expect(planSentences(await plan({ calls: 6_000 }), 'en')[0]).toMatch(/^\d+ \(\d+–\d+\) advisors are needed: \d+ \(/u);
});

test('cost stands beside a hotline that serves as well, with its range; without an hourly cost there is no money', async () => {
  const calm = { customers: 40_000, calls: 3_000, messages: 9_000, absence: 0.15, acceptance: 0.6, callMinutes: 8 };
  const { cost } = await plan({ ...calm, advisors: 12, hourlyCost: 30 });
  expect(cost.advisors).toBe(12);
  expect(cost.hotline.value).toBeLessThanOrEqual(12);
  expect(cost.hotline.low).toBeLessThanOrEqual(cost.hotline.value);
  expect(cost.money?.advisors).toBe(12 * 168 * 30);
  expect(cost.money?.hotline.value).toBe(cost.hotline.value * 168 * 30);
  const without = await plan({ ...calm, advisors: 12 });
  expect(without.cost.money).toBeNull();
  expect(planSentences(without, 'en')[1]).not.toContain('a month against');
  expect(planSentences(await plan({ ...calm, advisors: 12, hourlyCost: 30 }), 'en')[1]).toContain(
    '60,480 a month against',
  );
});

const simulated: Staffing[] = [];
const asked = { entered: { calls: 9_000, advisors: 15 }, typed: { calls: '9000', advisors: '15' } };
const newStudy = async () => {
  const study = await db.transact((tx) => askForStudy(tx, lead, asked));
  if (!study.ok) throw new Error(study.why);
  return study.id;
};
const house = () => ({ db: kysely(), transact: db.transact, clock: () => db.clock.now });

test('a study is simulated by a job, says how far it is, and keeps what came out', async () => {
  const id = await newStudy();
  expect(await readStudy(kysely(), id)).toMatchObject({ state: 'waiting', asked: { advisors: [14, 15, 16] } });
  const simulate: SimulateStaffing = async ({ seeds, policy }, { onProgress }) => {
    expect(policy.version).toBeTruthy();
    expect(seeds).toHaveLength(8);
    onProgress(5, 48);
    await until(async () => (await readStudy(kysely(), id))?.done === 5);
    return simulated;
  };
  await simulateStudy(house(), id, simulate);
  expect(await readStudy(kysely(), id)).toMatchObject({ state: 'ready', done: 5, runs: 48, result: [] });
});

test('cancelled, the threads are told to end and nothing is kept', async () => {
  const id = await newStudy();
  const simulate: SimulateStaffing = async (_plan, { signal }) => {
    await db.transact((tx) => cancelStudy(tx, lead, { studyId: id }));
    await until(() => Promise.resolve(signal.aborted));
    throw new Error('stopped');
  };
  await simulateStudy(house(), id, simulate);
  expect(await readStudy(kysely(), id)).toMatchObject({ state: 'cancelled', result: null });
  expect(await db.transact((tx) => cancelStudy(tx, lead, { studyId: id }))).toBe(false);
});

test('a study whose worker was ended is begun again; one that drowns is refused; an advisor may ask for none', async () => {
  const id = await newStudy();
  await sql`update plan_study set state = 'working', seen_at = ${db.clock.now}::timestamptz - interval '2 minutes' where id = ${id}`.execute(
    kysely(),
  );
  await planningJobs(house(), async () => [])[0]?.run({});
  expect(await readStudy(kysely(), id)).toMatchObject({ state: 'waiting' });
  const drowning = { entered: { calls: 90_000, advisors: 3 }, typed: {} };
  expect(await db.transact((tx) => askForStudy(tx, lead, drowning))).toEqual({ ok: false, why: 'too_much_work' });
  const advisor = { ...lead, role: 'advisor' } as Actor;
  expect(await db.transact((tx) => askForStudy(tx, advisor, asked))).toEqual({ ok: false, why: 'not_allowed' });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it never happened');
}
