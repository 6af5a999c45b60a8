import type { Kysely } from 'kysely';
import { isOpen, nextOpening } from '../../core/calendar/calendar.ts';
import { dayAt } from '../../core/calendar/days.ts';
import { absentUntil } from '../../core/commitments/cover.ts';
import { decide } from '../../core/routing/decide.ts';
import type { WrittenDecision } from '../../core/routing/decision.ts';
import type { WrittenRequest } from '../../core/routing/request.ts';
import type { AdvisorState, Away, OpenCallback, Situation } from '../../core/routing/situation.ts';
import type { DB } from '../tables.ts';
import { leadOnDuty } from './cover.ts';
import { occupied } from './on-the-phone.ts';
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

/** What routing may know for a call: everyone, with the callbacks they owe. */
export async function callSituation(
  tx: { db: Kysely<DB>; now: Date },
  roster: Roster,
  ownId: string | null,
): Promise<Situation> {
  const everyone = [...roster.advisors.keys()];
  const own = ownId ? roster.advisors.get(ownId) : undefined;
  const [callbacks, busy] = await Promise.all([openCallbacks(tx), occupied(tx, roster.policy.call.wrapUpSeconds)]);
  const situation = situationOf(roster, everyone, everyone, own, callbacks, tx.now);
  const states = Object.entries(situation.advisors).map(([id, state]) => {
    const now = busy.get(id);
    return [id, now && !state.away ? { ...state, ...now } : state] as const;
  });
  return { ...situation, advisors: Object.fromEntries(states) };
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

async function openCallbacks({ db }: { db: Kysely<DB> }): Promise<Callbacks> {
  const rows = await db
    .selectFrom('commitment')
    .where('kind', '=', 'callback')
    .where('keptAt', 'is', null)
    .where('brokenAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .select(['id', 'ownerId', 'dueAt', 'madeAt'])
    .orderBy('dueAt')
    .execute();
  const found = new Map<string, OpenCallback[]>();
  for (const row of rows) {
    const callbacks = found.get(row.ownerId) ?? [];
    callbacks.push({ id: row.id, dueAt: row.dueAt.getTime(), notBefore: row.madeAt.getTime() });
    found.set(row.ownerId, callbacks);
  }
  return found;
}
