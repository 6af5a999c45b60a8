import type { Kysely } from 'kysely';
import type { Calendar } from '../../core/calendar/calendar.ts';
import type { WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import type { Absence } from '../../core/commitments/cover.ts';
import { type Policy, type PolicyChanges, policyWith, STANDARD_POLICY } from '../../core/routing/policy.ts';
import { SaidInBoth } from '../../platform/config/said-in-both.ts';
import { prepared } from '../../platform/db/prepared.ts';
import { shownName } from '../advisors/shown-name.ts';
import { holidaysAround } from '../areas/holidays.ts';
import type { DB } from '../tables.ts';

/** One advisor as routing needs them. */
export interface RosterAdvisor {
  id: string;
  /** As customers see it. */
  name: string;
  fullName: string;
  /** Direct number, E.164. */
  phone: string;
  podId: string;
  officeId: string;
  backups: string[];
  backsUp: string[];
  /** When this advisor works. */
  workingHours: Calendar;
  /** When the office is open. */
  calendar: Calendar;
  staffId: string | null;
}

/** Everyone who answers, in whose place, and when: small, the same for all customers, kept in memory. */
export interface Roster {
  version: number;
  operator: {
    name: string;
    mailDomain: string;
    contactMail: string;
    phone: string;
    timeZone: string;
    locale: 'fr' | 'en';
  };
  policy: Policy;
  advisors: ReadonlyMap<string, RosterAdvisor>;
  pods: Readonly<Record<string, readonly string[]>>;
  absences: readonly (Absence & { id: string })[];
  /** Advisors who lead, in the order they came; the first advisor of all where nobody does. Never empty. */
  leadIds: readonly string[];
}

/** Thrown while nobody has set the installation up. */
export class NotSetUp extends SaidInBoth {}

const kept = new WeakMap<object, Roster>();

/**
 * The roster as this transaction or connection sees it. Read again only when an advisor, backup, office, absence or
 * account has changed since. Throws NotSetUp while there is no operator or no advisor.
 */
export async function readRoster(db: Kysely<DB>, now: Date): Promise<Roster> {
  const [current] = await currentVersion(db, {});
  const version = current?.version ?? 0;
  const executor = rootOf(db);
  const known = kept.get(executor);
  if (known?.version === version) return known;
  const fresh = await loadRoster(db, version, now);
  kept.set(executor, fresh);
  return fresh;
}

const currentVersion = prepared((db: Kysely<DB>) => db.selectFrom('roster').select('version'));

/** Every transaction of one pool shares the pool's dialect adapter; that is what the memory hangs on. */
function rootOf(db: Kysely<DB>): object {
  return db.getExecutor().adapter;
}

async function loadRoster(db: Kysely<DB>, version: number, now: Date): Promise<Roster> {
  const [operator, rows, backups, absences, leads] = await Promise.all([
    db.selectFrom('operator').selectAll().executeTakeFirst(),
    advisorRows(db),
    db.selectFrom('backup').selectAll().orderBy('rank').execute(),
    // Those that ended long ago no longer matter.
    db
      .selectFrom('absence')
      .where('endedEarlyAt', 'is', null)
      .where('endsAt', '>', new Date(now.getTime() - 7 * 86_400_000))
      .selectAll()
      .execute(),
    db
      .selectFrom('staff')
      .where('role', '=', 'lead')
      .where('leftAt', 'is', null)
      .where('advisorId', 'is not', null)
      .orderBy('createdAt')
      .select('advisorId')
      .execute(),
  ]);
  const first = rows[0];
  if (!operator || !first)
    throw new NotSetUp({
      fr: 'Personne ne peut encore répondre\u00a0: cette installation n’a pas d’opérateur, ou pas d’interlocuteur. Lancez «\u00a0visavis setup\u00a0», ou mettez la démonstration en place\u00a0: visavis demo plant',
      en: 'Nobody can answer yet: this installation has no operator or no advisor. Run "visavis setup" or plant the demo.',
    });
  const calendars = new Map<string, Calendar>();
  const advisors = new Map(
    rows.map((row): [string, RosterAdvisor] => [
      row.id,
      {
        id: row.id,
        name: shownName(row),
        fullName: `${row.givenName} ${row.familyName}`,
        phone: row.phone,
        podId: row.podId,
        officeId: row.officeId,
        backups: backups.filter((backup) => backup.advisorId === row.id).map((backup) => backup.backupAdvisorId),
        backsUp: backups.filter((backup) => backup.backupAdvisorId === row.id).map((backup) => backup.advisorId),
        workingHours: calendarOf(calendars, row.workingHours, row.holidayRegion, operator.timeZone, now),
        calendar: calendarOf(calendars, row.openingHours, row.holidayRegion, operator.timeZone, now),
        staffId: row.staffId,
      },
    ]),
  );
  return {
    version,
    operator,
    policy: policyOf(operator.policy),
    advisors,
    pods: podsOf(rows),
    absences: absences.map((row) => ({
      id: row.id,
      advisorId: row.advisorId,
      from: row.startsAt.getTime(),
      to: row.endsAt.getTime(),
      coverId: row.coverAdvisorId,
    })),
    leadIds: leadsAmong(rows, leads),
  };
}

function leadsAmong(rows: readonly { id: string }[], leads: readonly { advisorId: string | null }[]): string[] {
  const known = leads.flatMap(({ advisorId }) => rows.filter((row) => row.id === advisorId).map((row) => row.id));
  return known.length > 0 ? known : rows.slice(0, 1).map((row) => row.id);
}

function advisorRows(db: Kysely<DB>) {
  return db
    .selectFrom('advisor')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .innerJoin('office', 'office.id', 'pod.officeId')
    .leftJoin('staff', 'staff.advisorId', 'advisor.id')
    .where('advisor.leftAt', 'is', null)
    .select([
      'advisor.id',
      'advisor.podId',
      'pod.officeId',
      'givenName',
      'familyName',
      'shownAs',
      'advisor.phone',
      'workingHours',
      'openingHours',
      'holidayRegion',
      'staff.id as staffId',
    ])
    .orderBy('advisor.joinedAt')
    .orderBy('advisor.id')
    .execute();
}

function podsOf(rows: readonly { id: string; podId: string }[]): Record<string, string[]> {
  const pods: Record<string, string[]> = {};
  for (const { id, podId } of rows) pods[podId] = [...(pods[podId] ?? []), id];
  return pods;
}

/** Equal hours share one calendar object, so that its days are worked out once. */
function calendarOf(
  calendars: Map<string, Calendar>,
  hours: unknown,
  region: string,
  timeZone: string,
  now: Date,
): Calendar {
  const key = `${region} ${JSON.stringify(hours)}`;
  let calendar = calendars.get(key);
  if (!calendar) {
    calendar = { timeZone, hours: hours as WeeklyHours, holidays: holidaysAround(region, now) };
    calendars.set(key, calendar);
  }
  return calendar;
}

function policyOf(stored: unknown): Policy {
  const changes = stored as Partial<PolicyChanges>;
  return changes.version ? policyWith({ ...changes, version: changes.version }) : STANDARD_POLICY;
}
