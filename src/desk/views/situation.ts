import { type Kysely, sql } from 'kysely';
import { closingOf, isOpen, nextOpening } from '../../core/calendar/calendar.ts';
import { dayAt } from '../../core/calendar/days.ts';
import { absentUntil } from '../../core/commitments/cover.ts';
import { decide } from '../../core/routing/decide.ts';
import type { WrittenDecision } from '../../core/routing/decision.ts';
import type { WrittenRequest } from '../../core/routing/request.ts';
import type { AdvisorState, Away, Leave, OpenCallback, Situation } from '../../core/routing/situation.ts';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';
import { leadOnDuty } from './cover.ts';
import { occupied } from './on-the-phone.ts';
import { lastServed, readQueue } from './queue.ts';
import type { Roster, RosterAdvisor } from './roster.ts';

/** Callbacks each advisor owes now. */
type Callbacks = ReadonlyMap<string, readonly OpenCallback[]>;
const NO_CALLBACKS: Callbacks = new Map();

/**
 * Who answers something written, with what that was decided from: the own advisor and, when somebody has to stand in,
 * whoever may. The situation is stored with every decision, so it holds nobody else.
 */
export function decideWritten(
  roster: Roster,
  request: WrittenRequest,
  now: Date,
): { situation: Situation; decision: WrittenDecision } {
  const own = request.ownId ? roster.advisors.get(request.ownId) : undefined;
  const around = (ids: readonly string[]) => {
    const everyone = [...new Set([...(own ? [own.id] : []), ...ids, leadOnDuty(roster, now.getTime())])];
    const situation = situationOf(roster, everyone, [], own, NO_CALLBACKS, now);
    return { situation, decision: decide(roster.policy, situation, request) };
  };
  const alone = around([]);
  return own && alone.decision.inPlaceOf ? around(whoMayStandIn(roster, own)) : alone;
}

/** The ranked backups, the pod, everyone named for an absence, and the backups of all these. */
function whoMayStandIn(roster: Roster, own: RosterAdvisor): string[] {
  const covers = roster.absences.flatMap((absence) => absence.coverId ?? []);
  const near = [...own.backups, ...(roster.pods[own.podId] ?? []), ...covers];
  return near
    .flatMap((id) => [id, ...(roster.advisors.get(id)?.backups ?? [])])
    .filter((id) => roster.advisors.has(id));
}

/** What routing may know for a call: everyone, what they do, when they last took one, the callbacks they owe; who waits. */
export async function callSituation(
  tx: { db: Kysely<DB>; now: Date },
  roster: Roster,
  ownId: string | null,
): Promise<Situation> {
  return situationFor(await readHouseNow(tx, roster), ownId, tx.now);
}

/** Who answers and what everyone does, as it was at one time: the same whoever calls. */
export interface HouseNow {
  roster: Roster;
  situation: Situation;
}

export async function readHouseNow(tx: { db: Kysely<DB>; now: Date }, roster: Roster): Promise<HouseNow> {
  const everyone = [...roster.advisors.keys()];
  const [callbacks, busy, served, { waiting, taken }] = await Promise.all([
    openCallbacks(tx, Math.max(1, roster.policy.offer.mostOpenCallbacks)),
    occupied(tx, roster.policy.call.wrapUpSeconds),
    lastServed(tx.db),
    readQueue(tx),
  ]);
  const situation = situationOf(roster, everyone, everyone, undefined, callbacks, tx.now);
  const states = Object.entries(situation.advisors).map(([id, state]) => {
    const lastServedAt = served.get(id) ?? 0;
    const since = taken.get(id);
    const does = since === undefined ? busy.get(id) : ({ doing: 'ringing', since } as const);
    return [id, { ...state, lastServedAt, ...(state.away ? {} : does) }] as const;
  });
  return { roster, situation: { ...situation, advisors: Object.fromEntries(states), waiting } };
}

/** The same for a caller: the hours are those of their own advisor's office. */
export function situationFor({ roster, situation }: HouseNow, ownId: string | null, now: Date): Situation {
  const calendar = (ownId ? roster.advisors.get(ownId)?.calendar : undefined) ?? situation.calendar;
  return { ...situation, now: now.getTime(), calendar };
}

function situationOf(
  roster: Roster,
  ids: readonly string[],
  everyone: readonly string[],
  own: RosterAdvisor | undefined,
  callbacks: Callbacks,
  now: Date,
): Situation {
  const known = new Set(ids);
  const leadId = leadOnDuty(roster, now.getTime());
  const lead = roster.advisors.get(leadId);
  const calendar = (own ?? lead)?.calendar;
  if (!calendar) throw new Error('the roster has no lead');
  const states = [...known].flatMap((id) => {
    const advisor = roster.advisors.get(id);
    return advisor ? [[id, stateOf(roster, advisor, callbacks.get(id) ?? [], now)] as const] : [];
  });
  const pods = Object.entries(roster.pods).map(
    ([podId, members]) => [podId, members.filter((id) => known.has(id))] as const,
  );
  return {
    now: now.getTime(),
    calendar,
    advisors: Object.fromEntries(states),
    pods: Object.fromEntries(pods.filter(([, members]) => members.length > 0)),
    everyone,
    waiting: [],
    leadId,
  };
}

function stateOf(roster: Roster, advisor: RosterAdvisor, callbacks: readonly OpenCallback[], now: Date): AdvisorState {
  const away = awayOf(roster, advisor, now.getTime());
  return {
    podId: advisor.podId,
    backups: advisor.backups.filter((id) => roster.advisors.has(id)),
    backsUp: advisor.backsUp.filter((id) => roster.advisors.has(id)),
    doing: away ? 'off' : 'idle',
    since: now.getTime(),
    away,
    leaves: away ? null : leaveOf(roster, advisor, now.getTime()),
    lastServedAt: 0,
    callbacks,
    messages: [],
  };
}

/** Absent, between two openings of the same day (lunch), outside working hours, or at work. */
export function awayOf(roster: Roster, advisor: RosterAdvisor, now: number): Away | null {
  const until = absentUntil(advisor.id, now, roster.absences);
  if (until !== null) {
    const absence = roster.absences.find((each) => each.advisorId === advisor.id && each.from <= now && now < each.to);
    return { why: 'absence', backAt: nextOpening(advisor.workingHours, until), coverId: absence?.coverId ?? null };
  }
  if (isOpen(advisor.workingHours, now)) return null;
  const { openings } = dayAt(advisor.workingHours, now);
  const between = openings.some((opening) => opening.to <= now) && openings.some((opening) => opening.from > now);
  return { why: between ? 'lunch' : 'hours', backAt: nextOpening(advisor.workingHours, now), coverId: null };
}

/** When who is at work goes before the office closes, and whether they come back today. */
function leaveOf(roster: Roster, advisor: RosterAdvisor, now: number): Leave | null {
  const ends = closingOf(advisor.workingHours, now);
  const absent = roster.absences.filter(
    ({ advisorId, from, to }) => advisorId === advisor.id && now < from && from < to,
  );
  const at = Math.min(ends, ...absent.map(({ from }) => from));
  if (at >= closingOf(advisor.calendar, now)) return null;
  const back = dayAt(advisor.workingHours, now).openings.find(({ from }) => from > at);
  const staysAway = absent.some(({ from, to }) => back && from <= back.from && back.from < to);
  return { at, backAt: at === ends && back && !staysAway ? back.from : null };
}

/**
 * The earliest callbacks of each advisor. More than the policy lets anyone owe make no difference to a decision, and in a
 * large outage there are thousands.
 */
async function openCallbacks({ db }: { db: Kysely<DB> }, most: number): Promise<Callbacks> {
  const rows = await earliestCallbacks(db, { most });
  return new Map(rows.map(({ ownerId, callbacks }) => [ownerId, callbacksIn(ownerId, callbacks)]));
}

/**
 * By advisor, as they were read last. From one reading to the next few change; what is the same is not made anew, ten times
 * a second, to be thrown away.
 */
const readLast = new Map<string, { text: string; callbacks: readonly OpenCallback[] }>();

function callbacksIn(ownerId: string, text: string): readonly OpenCallback[] {
  const known = readLast.get(ownerId);
  if (known?.text === text) return known.callbacks;
  const read = JSON.parse(text) as [id: string, dueAt: number, madeAt: number][];
  const callbacks = read.map(([id, dueAt, notBefore]) => ({ id, dueAt, notBefore }));
  readLast.set(ownerId, { text, callbacks });
  return callbacks;
}

/** A row an advisor, times in epoch milliseconds: to read a thousand rows took longer than all the rest of the house. */
const earliestCallbacks = prepared(
  (_db: Kysely<DB>, given: { most: number }) => sql<{ ownerId: string; callbacks: string }>`
    select advisor.id as "ownerId", open.callbacks from advisor, lateral (
      select json_agg(json_build_array(id, round(date_part('epoch', due_at) * 1000),
        round(date_part('epoch', made_at) * 1000)) order by due_at)::text as callbacks
      from (
        select id, due_at, made_at from commitment where owner_id = advisor.id and kind = 'callback'
          and kept_at is null and broken_at is null and withdrawn_at is null
        order by due_at limit ${given.most}) as earliest) as open
    where advisor.left_at is null and open.callbacks is not null`,
);
