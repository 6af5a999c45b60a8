import { sql, type Transaction } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { decide } from '../src/core/routing/decide.ts';
import { type NextTask, onFree } from '../src/core/routing/on-free.ts';
import { STANDARD_POLICY } from '../src/core/routing/policy.ts';
import { canonical } from '../src/core/routing/replay.ts';
import { type CallRequest, type WrittenRequest, writtenRequest } from '../src/core/routing/request.ts';
import type { AdvisorState, WaitingCaller } from '../src/core/routing/situation.ts';
import { newId } from '../src/desk/id.ts';
import type { DB } from '../src/desk/tables.ts';
import { readHouse, routeCall, routeCallAgain } from '../src/desk/views/call-route.ts';
import { situationWhenFree } from '../src/desk/views/next-task.ts';
import { readRoster } from '../src/desk/views/roster.ts';
import { decideWritten } from '../src/desk/views/situation.ts';
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

/** Somebody has become free, and what the rules have them do. */
interface Freed extends Omit<Moment, 'request' | 'decision' | 'written'> {
  advisorId: string;
  next: NextTask;
}

const isTheirs = (office: Office) =>
  office.staff.some((advisor) => isLunchMoved(advisor) || isForgotten(advisor, office.now));

/** Every so many decisions of a simulated month, as data. */
function momentsOf(every: number): { moments: Moment[]; freed: Freed[] } {
  const moments: Moment[] = [];
  const freed: Freed[] = [];
  const met = new Map<string, number>();
  let seen = 0;
  const decided = (office: Office, request: CallRequest, decision: unknown) => {
    seen += 1;
    // Differences of the worlds, not of the decisions: lunch at another time than on the schedule, a call of over two hours
    // (the product then believes that its end was not reported).
    if (seen % every !== 0 || isTheirs(office)) return;
    const { now, staff, waiting } = office;
    const copy = structuredClone({ now, advisors: staff.map(stateOf), waiting: waiting.map(callerOf), request });
    moments.push({ ...copy, decision, written: decide(STANDARD_POLICY, office, messageTo(request.ownId)) });
  };
  // The simulator numbers calls and messages alike.
  const named = (messageId: string) => `message ${messageId}`;
  /** So many of each thing that can be next. */
  const employed = (office: Office, { id }: Advisor, next: NextTask) => {
    const kind = next.reasons.map(({ code }) => code).join(' ');
    const times = met.get(kind) ?? 0;
    if (times >= 12 || isTheirs(office) || isClosed(office)) return;
    met.set(kind, times + 1);
    const { now, staff, waiting } = office;
    const withMessages = (advisor: Advisor) => ({
      ...stateOf(advisor),
      messages: advisor.messages.map((message) => ({ id: named(message.id), receivedAt: message.receivedAt })),
    });
    freed.push({
      ...structuredClone({ now, advisors: staff.map(withMessages), waiting: waiting.map(callerOf) }),
      advisorId: id,
      next: next.task === 'message' ? { ...next, messageId: named(next.messageId) } : next,
    });
  };
  run(world, STANDARD_POLICY, 41, Object.assign(new Tally(world), { decided, employed }));
  return { moments, freed };
}

/** After closing the simulator clears what waits; the product's advisors have gone home. */
const isClosed = ({ now }: Office) => now % DAY >= Number(world.open.to.slice(0, 2)) * 3_600_000;

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
  const times = new Set(['before', 'dueAt', 'since', 'backAt', 'until', 'opensAt', 'receivedAt']);
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
async function writeMoment({ now, advisors, waiting }: Pick<Moment, 'now' | 'advisors' | 'waiting'>): Promise<void> {
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
      for (const { id: callbackId, dueAt, notBefore } of callbacks) {
        ids.set(callbackId, newId());
        const owed = {
          id: idOf(callbackId),
          customerId: customer.id,
          caseFileId: customer.caseFileId,
          kind: 'callback' as const,
        };
        await tx.insertInto('commitment').values({ ...owed, ownerId: idOf(id), madeAt: at(notBefore), dueAt: at(dueAt) }).execute(); // biome-ignore format: one row
      }
    }
    for (const { id, ownId, since, heldFor } of waiting) {
      const waits = { waitsSince: at(since), waitsFor: heldFor === null ? null : idOf(heldFor) };
      const customerId = customers.get(ownId ?? '')?.id ?? null;
      ids.set(id, newId());
      await tx
        .insertInto('call')
        .values({ id: idOf(id), invitedAt: at(since), customerId, ...waits })
        .execute();
    }
    await writeMessages(tx, advisors);
  });
}

/** Matters nobody has answered yet: the oldest of each advisor is all the rules look at. */
async function writeMessages(tx: Transaction<DB>, advisors: Moment['advisors']): Promise<void> {
  await tx.deleteFrom('caseFile').where('subject', '=', 'Message').execute();
  for (const { id, messages } of advisors)
    for (const message of messages.slice(0, 3)) {
      const customer = customers.get(id);
      if (!customer) continue;
      const openedAt = at(message.receivedAt);
      const file = { id: newId(), customerId: customer.id, subject: 'Message', ownerId: idOf(id), openedAt };
      ids.set(message.id, file.id);
      await tx
        .insertInto('caseFile')
        .values({ ...file, lastAt: openedAt, unansweredSince: openedAt })
        .execute();
      const answer = { id: newId(), customerId: customer.id, caseFileId: file.id, kind: 'answer' as const };
      await tx.insertInto('commitment').values({ ...answer, ownerId: idOf(id), madeAt: openedAt, dueAt: at(message.receivedAt + DAY) }).execute(); // biome-ignore format: one row
    }
}

async function liveDecisions({ now, request }: Moment): Promise<{ call: unknown; written: unknown }> {
  const tx = { db: db.database.kysely, now: at(now) };
  const roster = await readRoster(tx.db, tx.now);
  const ownId = idOf(request.ownId ?? '');
  // As the door does when Kamailio asks, and asks again.
  const phone = customers.get(request.ownId ?? '')?.phone;
  const { declined, tried } = request;
  const call = { id: '', since: tx.now, declined, tried: [...tried], held: false };
  const route = declined ? await routeCallAgain(tx, phone, () => readHouse(tx), call) : await routeCall(tx, phone);
  return { call: route.decision, written: decideWritten(roster, messageTo(ownId), tx.now).decision };
}

/** As an advisor's screen, and who puts callers through, ask. */
async function liveNext({ now, advisorId }: Freed): Promise<NextTask> {
  const tx = { db: db.database.kysely, now: at(now) };
  const house = await readHouse(tx);
  return onFree(house.roster.policy, await situationWhenFree(tx, house, idOf(advisorId)), idOf(advisorId));
}

let moments: Moment[];
let freed: Freed[];
beforeAll(async () => {
  ({ moments, freed } = momentsOf(61));
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

test('whoever becomes free is given the same to do: who waits, what was promised, what has waited too long', async () => {
  const met = new Set<string>();
  for (const moment of freed) {
    await writeMoment(moment);
    expect(canonical(await liveNext(moment))).toBe(canonical(inDatabaseTerms(moment.next)));
    for (const { code } of moment.next.reasons) met.add(code);
  }
  for (const each of ['own_caller_waits', 'backed_up_caller_waits', 'pod_caller_waits', 'caller_waits', 'stranger_left_to_others', 'own_callback_due', 'late_callback_of', 'own_message_waits', 'old_message_of', 'nothing_waits']) // biome-ignore format: one list
    expect(met, each).toContain(each);
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
