import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { decide } from '../src/core/routing/decide.ts';
import { STANDARD_POLICY } from '../src/core/routing/policy.ts';
import { canonical } from '../src/core/routing/replay.ts';
import { type CallRequest, type WrittenRequest, writtenRequest } from '../src/core/routing/request.ts';
import type { AdvisorState, WaitingCaller } from '../src/core/routing/situation.ts';
import { newId } from '../src/desk/id.ts';
import { routeCall } from '../src/desk/views/call-route.ts';
import { readRoster } from '../src/desk/views/roster.ts';
import { callSituation, decideWritten } from '../src/desk/views/situation.ts';
import type { Advisor, Office } from '../src/simulator/office.ts';
import { run } from '../src/simulator/run.ts';
import { type Scenario, scenarioSchema } from '../src/simulator/scenario.ts';
import { SCENARIOS } from '../src/simulator/scenarios.ts';
import { Tally } from '../src/simulator/tally.ts';
import { testDatabase } from './database.ts';

/**
 * The contract between the simulator and the product, from the simulator's side: moments of a simulated month are written
 * to a real database as advisors, hours, absences, calls, presence and callbacks; the product then decides about the same
 * call and the same message as the simulator did, to the byte, reasons included.
 */
const db = testDatabase();
const DAY = 86_400_000;
/** The simulator's days begin in 1970; these 25 have no public holiday. */
const FIRST_DAY = Date.parse('2026-06-01T00:00:00Z');
const world: Scenario = scenarioSchema.parse({
  ...SCENARIOS['B92-10'],
  voiceLoad: 0.7,
  days: { simulated: 25, warmUp: 0, dropped: 0 },
  handle: { meanMinutes: 8, shape: 'lognormal', cv: 1, wrapUpSeconds: 60 },
});

interface Moment {
  now: number;
  advisors: (AdvisorState & { id: string })[];
  waiting: WaitingCaller[];
  request: CallRequest;
  decision: unknown;
  written: unknown;
}

/** Every so many decisions of a simulated month, as data. */
function momentsOf(every: number): Moment[] {
  const moments: Moment[] = [];
  let seen = 0;
  const decided = (office: Office, request: CallRequest, decision: unknown) => {
    seen += 1;
    // Differences of the worlds, not of the decisions: lunch at another time than on the schedule, a call of over two hours
    // (the product then believes that its end was not reported).
    if (seen % every !== 0 || office.staff.some((advisor) => isLunchMoved(advisor) || isForgotten(advisor, office.now)))
      return;
    const { now, staff, waiting } = office;
    const copy = structuredClone({ now, advisors: staff.map(stateOf), waiting: waiting.map(callerOf), request });
    moments.push({ ...copy, decision, written: decide(STANDARD_POLICY, office, messageTo(request.ownId)) });
  };
  run(world, STANDARD_POLICY, 41, Object.assign(new Tally(world), { decided }));
  return moments;
}

const isLunchMoved = ({ away, lunchDue }: Advisor) =>
  lunchDue || (away?.why === 'lunch' && (away.backAt ?? 0) % 3_600_000 !== 0);

const isForgotten = ({ doing, since }: Advisor, now: number) => doing === 'call' && now - since >= 2 * 3_600_000;

function stateOf({ id, podId, backups, backsUp, doing, since, away, lastServedAt, callbacks }: Advisor) {
  const owed = callbacks.map(({ id: callbackId, dueAt, notBefore }) => ({ id: callbackId, dueAt, notBefore }));
  return { id, podId, backups, backsUp, doing, since, away, lastServedAt, callbacks: owed, messages: [] };
}

const callerOf = ({ id, ownId, since, heldFor }: WaitingCaller) => ({ id, ownId, since, heldFor });

const messageTo = (advisorId: string | null): WrittenRequest =>
  writtenRequest('message', advisorId === null ? null : { advisorId, kind: 'household', ringBack: 'ask' }, {
    answerWithinMinutes: world.message.answerWithinMinutes,
  });

/** "advisor 3" and "pod 1" of the simulator in the database, and the customer whose own advisor that is. */
const ids = new Map<string, string>();
const customers = new Map<string, { id: string; phone: string; caseFileId: string; staffId: string }>();
const at = (simulated: number) => new Date(FIRST_DAY + simulated);
const idOf = (name: string) => ids.get(name) ?? '';

/** What the simulator decided, in the names and days of the database. */
function inDatabaseTerms(value: unknown): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map(inDatabaseTerms);
  if (typeof value !== 'object' || value === null) return value;
  const times = new Set(['before', 'dueAt', 'since', 'backAt', 'until', 'opensAt']);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      times.has(name) && typeof each === 'number' ? FIRST_DAY + each : inDatabaseTerms(each),
    ]),
  );
}

async function buildOffice(moment: Moment): Promise<void> {
  const week = (spans: unknown) => JSON.stringify(Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, spans])));
  const place = { name: 'Bureau', communeInsee: '39478', street: '1 rue du Pré', postcode: '39200' };
  const [officeId, areaId] = [newId(), newId()];
  await db.transact(async ({ db: tx }) => {
    const operator = { name: 'Régie', phone: '+33353010000', mailDomain: 'regie.example.org', timeZone: 'UTC' };
    await tx
      .insertInto('operator')
      .values({ ...operator, contactMail: 'contact@regie.example.org' })
      .execute();
    const openingHours = week([world.open].map(({ from, to }) => ({ from, to })));
    await tx
      .insertInto('office')
      .values({ ...place, id: officeId, openingHours })
      .execute();
    for (const pod of new Set(moment.advisors.map(({ podId }) => podId))) {
      ids.set(pod, newId());
      await tx
        .insertInto('pod')
        .values({ id: idOf(pod), officeId, name: pod })
        .execute();
    }
    for (const [index, { id, podId }] of moment.advisors.entries()) {
      ids.set(id, newId());
      const lunch = world.lunch.groups[index % world.lunch.groups.length] ?? '';
      const back = `${Number(lunch.slice(0, 2)) + 1}:00`;
      const workingHours = week([{ from: world.open.from, to: lunch }, { from: back, to: world.open.to }]); // biome-ignore format: one day
      const person = {
        givenName: 'A',
        familyName: id,
        mail: `a${index}@regie.example.org`,
        phone: `+3335301001${index}`,
      };
      const joinedAt = new Date(Date.UTC(2020, 0, 1 + index));
      await tx.insertInto('advisor').values({ ...person, id: idOf(id), podId: idOf(podId), workingHours, joinedAt }).execute(); // biome-ignore format: one row
      if (index === 0) await tx.insertInto('area').values({ id: areaId, communeInsee: '39478', officeId, advisorId: idOf(id) }).execute(); // biome-ignore format: one row
      customers.set(id, { id: newId(), phone: `+3363998000${index}`, caseFileId: newId(), staffId: newId() });
      const { phone, caseFileId, staffId, id: customerId } = customers.get(id) ?? { phone: '', caseFileId: '', staffId: '', id: '' }; // biome-ignore format: one row
      const role = index === 0 ? ('lead' as const) : ('advisor' as const);
      await tx.insertInto('staff').values({ id: staffId, name: id, email: person.mail, role, advisorId: idOf(id) }).execute(); // biome-ignore format: one row
      const createdAt = new Date('2024-01-01T08:00:00Z');
      await tx.insertInto('customer').values({ id: customerId, kind: 'household', name: id, reference: `V${index}`, areaId, advisorId: idOf(id), createdAt }).execute(); // biome-ignore format: one row
      await tx.insertInto('contactPoint').values({ id: newId(), customerId, kind: 'phone', value: phone }).execute();
      await tx.insertInto('caseFile').values({ id: caseFileId, customerId, subject: 'Panne', ownerId: idOf(id), openedAt: createdAt, lastAt: createdAt }).execute(); // biome-ignore format: one row
      const answer = { id: newId(), customerId, caseFileId, kind: 'answer' as const, ownerId: idOf(id) };
      await tx
        .insertInto('commitment')
        .values({ ...answer, madeAt: createdAt, dueAt: createdAt })
        .execute();
    }
    for (const { id, backups } of moment.advisors) {
      const ranked = backups.map((backup, rank) => ({
        advisorId: idOf(id),
        rank: rank + 1,
        backupAdvisorId: idOf(backup),
      }));
      await tx.insertInto('backup').values(ranked).execute();
    }
  });
}

/** The rows that calls, presence, promises and absences would have left by then. */
async function writeMoment({ now, advisors, waiting }: Moment): Promise<void> {
  await db.transact(async ({ db: tx }) => {
    for (const table of ['call', 'absence', 'presence'] as const) await tx.deleteFrom(table).execute();
    await tx.deleteFrom('commitment').where('kind', '=', 'callback').execute();
    for (const { id, doing, since, away, lastServedAt, callbacks } of advisors) {
      const customer = customers.get(id) ?? { id: '', caseFileId: '', staffId: '' };
      const call = (answered: number, more: { endedAt?: Date; wrappedAt?: Date }) =>
        tx
          .insertInto('call')
          .values({ id: newId(), invitedAt: at(answered), answeredAt: at(answered), answeredBy: idOf(id), ...more })
          .execute();
      const wrapped = { endedAt: at(lastServedAt + 1), wrappedAt: at(lastServedAt + 1) };
      if (doing === 'call') await call(since, {});
      else if (doing === 'wrapUp') await call(lastServedAt, { endedAt: at(since) });
      else if (lastServedAt > 0) await call(lastServedAt, wrapped);
      if (doing === 'message') {
        const row = { staffId: customer.staffId, customerId: customer.id, doing: 'writes' as const, at: at(now) };
        await tx.insertInto('presence').values(row).execute();
      }
      if (away?.why === 'absence') {
        const span = { startsAt: at(Math.floor(now / DAY) * DAY), endsAt: at(away.backAt ?? 0) };
        await tx.insertInto('absence').values({ id: newId(), advisorId: idOf(id), ...span, enteredAt: at(now) }).execute(); // biome-ignore format: one row
      }
      for (const { dueAt } of callbacks) {
        const owed = {
          id: newId(),
          customerId: customer.id,
          caseFileId: customer.caseFileId,
          kind: 'callback' as const,
        };
        await tx.insertInto('commitment').values({ ...owed, ownerId: idOf(id), madeAt: at(now - 1), dueAt: at(dueAt) }).execute(); // biome-ignore format: one row
      }
    }
    for (const { ownId, since, heldFor } of waiting) {
      const attempts = heldFor === null ? [] : [{ advisorId: idOf(heldFor), how: 'hold' }];
      const stored = { request: JSON.stringify({ ownId: idOf(ownId ?? '') }), decision: JSON.stringify({ attempts }) };
      await tx
        .insertInto('call')
        .values({ id: newId(), invitedAt: at(since), ...stored })
        .execute();
    }
  });
}

async function liveDecisions({ now, request }: Moment): Promise<{ call: unknown; written: unknown }> {
  const tx = { db: db.database.kysely, now: at(now) };
  const roster = await readRoster(tx.db, tx.now);
  const ownId = idOf(request.ownId ?? '');
  // A call that heard the offer and stays is the one question the live door never asks: its ring list goes on by itself.
  const call = request.declined
    ? decide(roster.policy, await callSituation(tx, roster, ownId), { ...request, ownId })
    : (await routeCall(tx, customers.get(request.ownId ?? '')?.phone)).decision;
  return { call, written: decideWritten(roster, messageTo(ownId), tx.now).decision };
}

let moments: Moment[];
beforeAll(async () => {
  moments = momentsOf(61);
  await buildOffice(moments[0] as Moment);
});

test('moments of a simulated month, written to the database, are decided alike by the product', async () => {
  const kinds = new Set<string>();
  for (const moment of moments) {
    await writeMoment(moment);
    const live = await liveDecisions(moment);
    expect(canonical(live.call)).toBe(canonical(inDatabaseTerms(moment.decision)));
    expect(canonical(live.written)).toBe(canonical(inDatabaseTerms(moment.written)));
    for (const { code } of (moment.decision as { reasons: { code: string }[] }).reasons) kinds.add(code);
  }
  expect(moments.length).toBeGreaterThan(60);
  for (const met of ['own_free', 'own_on_call', 'own_away', 'own_finishing', 'callback_by_own', 'callback_by_backup', 'declined_offer', 'nobody_free', 'backup_free']) // biome-ignore format: one list
    expect(kinds, met).toContain(met);
}, 120_000);

test('the contract can fail: what the product does not know of changes its decisions', async () => {
  const forgetting = {
    calls: sql`delete from call`,
    callbacks: sql`delete from commitment where kind = 'callback'`,
    absences: sql`delete from absence`,
    'whose turn it is': sql`update call set answered_at = answered_at - interval '30 days' * random() where ended_at is not null`,
  };
  for (const [what, forget] of Object.entries(forgetting)) {
    let differs = 0;
    for (const moment of moments.slice(0, 25)) {
      await writeMoment(moment);
      await forget.execute(db.database.kysely);
      const { call } = await liveDecisions(moment);
      if (canonical(call) !== canonical(inDatabaseTerms(moment.decision))) differs += 1;
    }
    expect(differs, what).toBeGreaterThan(0);
  }
}, 120_000);
