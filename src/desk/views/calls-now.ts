import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';
import { type Caller, callerOf } from './caller.ts';
import type { Roster } from './roster.ts';

/** A call on one advisor's screen. */
export interface CallNow {
  id: string;
  /** `elsewhere`: a customer of mine who calls while I talk, and rings at a colleague's. */
  state: 'ringing' | 'talking' | 'ended' | 'elsewhere';
  direction: 'in' | 'out';
  since: Date;
  /** E.164; null: withheld. Identifies, never authenticates. */
  phone: string | null;
  caller: Caller | null;
  /** Customers who share the number, when it does not tell who calls. */
  likely: { id: string; name: string; commune: string; advisorName: string; found: string | null }[];
  /** The number is on the caller's file. */
  numberOnFile: boolean;
  /** Whose phone rings, when it is not mine. */
  at: string | null;
  /** A call dialled from the workspace tells nothing of itself: its advisor says what became of it. */
  askOutcome: boolean;
}

const RING_MS = 3 * 60_000;
const TALK_MS = 2 * 3_600_000;
const ENDED_MS = 5 * 60_000;

/** The calls that concern an advisor now: mine that ring, that I am in, that I just ended; my customers' elsewhere. */
export async function callsNow(
  db: Kysely<DB>,
  roster: Roster,
  me: { advisorId: string; locale: 'fr' | 'en' },
  now: Date,
): Promise<CallNow[]> {
  const rows = await recent(db, now);
  const talking = rows.some((row) => row.answeredBy === me.advisorId && !row.endedAt);
  const found = rows.flatMap((row) => {
    const state = stateFor(row, me.advisorId, talking, now);
    return state ? [{ row, state }] : [];
  });
  return Promise.all(found.map(({ row, state }) => shown(db, roster, me.locale, now, row, state)));
}

type Row = Awaited<ReturnType<typeof recent>>[number];

function recent(db: Kysely<DB>, now: Date) {
  return db
    .selectFrom('call')
    .leftJoin('customer', 'customer.id', 'call.customerId')
    .where('call.invitedAt', '>', new Date(now.getTime() - TALK_MS))
    .where('call.missedAt', 'is', null)
    .where((eb) => eb.or([eb('call.endedAt', 'is', null), eb('call.endedAt', '>', new Date(now.getTime() - ENDED_MS))]))
    .select((eb) => [
      'call.id',
      'call.direction',
      'call.source',
      'call.invitedAt',
      'call.answeredAt',
      'call.answeredBy',
      'call.endedAt',
      'call.wrappedAt',
      'call.placedBy',
      'call.fromPhone',
      'call.toPhone',
      'call.ringList',
      'call.customerId',
      'customer.advisorId as ownId',
      eb
        .selectFrom('callAttempt')
        .whereRef('callAttempt.callId', '=', 'call.id')
        .select('callAttempt.advisorId')
        .orderBy('callAttempt.attempt', 'desc')
        .limit(1)
        .as('rungId'),
    ])
    .orderBy('call.invitedAt')
    .execute();
}

function stateFor(row: Row, me: string, talking: boolean, now: Date): CallNow['state'] | null {
  const mine = row.answeredBy === me || row.placedBy === me;
  if (row.endedAt) return mine && !row.wrappedAt && row.answeredAt && row.source !== 'noted' ? 'ended' : null;
  if (row.answeredAt) return mine ? 'talking' : null;
  if (row.direction === 'out') return mine ? 'ringing' : null;
  if (now.getTime() - row.invitedAt.getTime() > RING_MS) return null;
  if ((row.rungId ?? row.ringList[0]) === me) return 'ringing';
  return talking && row.ownId === me ? 'elsewhere' : null;
}

async function shown(
  db: Kysely<DB>,
  roster: Roster,
  locale: 'fr' | 'en',
  now: Date,
  row: Row,
  state: CallNow['state'],
): Promise<CallNow> {
  const phone = (row.direction === 'in' ? row.fromPhone : row.toPhone) || null;
  const [caller, atNumber] = await Promise.all([
    row.customerId ? callerOf(db, now, row.customerId, locale) : undefined,
    phone ? customersAt(db, roster, phone) : [],
  ]);
  const at = row.rungId ?? row.ringList[0];
  return {
    id: row.id,
    state,
    direction: row.direction,
    since: row.endedAt ?? row.answeredAt ?? row.invitedAt,
    phone,
    caller: caller ?? null,
    likely: row.customerId ? [] : atNumber,
    numberOnFile: atNumber.some(({ id }) => id === row.customerId),
    at: state === 'elsewhere' && at ? (roster.advisors.get(at)?.name ?? null) : null,
    askOutcome: row.source === 'workspace' && state === 'ringing',
  };
}

async function customersAt(db: Kysely<DB>, roster: Roster, phone: string): Promise<CallNow['likely']> {
  const rows = await db
    .selectFrom('contactPoint')
    .innerJoin('customer', 'customer.id', 'contactPoint.customerId')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .where('contactPoint.kind', '=', 'phone')
    .where('contactPoint.value', '=', phone)
    .where('customer.erasedAt', 'is', null)
    .select(['customer.id', 'customer.name', 'commune.name as commune', 'customer.advisorId'])
    .limit(5)
    .execute();
  return rows.map(({ advisorId, ...row }) => ({
    ...row,
    advisorName: roster.advisors.get(advisorId)?.name ?? '',
    found: null,
  }));
}
