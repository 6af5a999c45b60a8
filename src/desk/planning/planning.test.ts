import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { SimulateStaffing, Staffing } from '../../core/planning/staffing.ts';
import type { Actor } from '../actor.ts';
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
