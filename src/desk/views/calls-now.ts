import type { Kysely } from 'kysely';
import { customersWithPoint } from '../customers/queries.ts';
import type { DB } from '../tables.ts';
import { type Caller, callerOf } from './caller.ts';
import { phoneRungLast } from './phone-rung.ts';
import type { Roster } from './roster.ts';

/** A call on one advisor's screen. */
export interface CallNow {
  id: string;
  /** `elsewhere`: a customer of mine who calls while I talk, and rings at a colleague's. */
  state: 'ringing' | 'talking' | 'ended' | 'elsewhere' | 'setAside' | 'passed';
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
  /** No phone system tells what became of a call I dialled, or it ought to have by now: I say it. */
  askOutcome: boolean;
  /** Of a call I dial: my own phone rings first, and waits for me. */
  pickUp: boolean;
  /** Why a call I dialled came to nothing. */
  why: 'own_phone' | 'not_dialled' | 'untold' | null;
  /** The word that goes with a call that is passed on: whose, for whom. */
  passing: { by: string; to: string; words: string; taken: boolean } | null;
  /** I said that I am free by then. */
  finishingAt: Date | null;
  /** Of an ended one: I said that it is over, nobody else did. */
  saidOver: boolean;
}

const RING_MS = 3 * 60_000;
const UNTOLD_MS = 60_000;
const TALK_MS = 2 * 3_600_000;
const ENDED_MS = 5 * 60_000;
const SET_ASIDE_MS = 30_000;

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
  return (
    db
      .selectFrom('call')
      .leftJoin('customer', 'customer.id', 'call.customerId')
      .leftJoin('callPassing as passing', 'passing.callId', 'call.id')
      .where('call.invitedAt', '>', new Date(now.getTime() - TALK_MS))
      .where('call.missedAt', 'is', null)
      // Ended just now, going on, not answered yet: each has its index. In a rush most calls of two hours were missed, and are not to be read.
      .where((eb) =>
        eb.or([
          eb('call.endedAt', '>', new Date(now.getTime() - ENDED_MS)),
          eb.and([eb('call.answeredAt', 'is not', null), eb('call.endedAt', 'is', null)]),
          eb.and([eb('call.answeredAt', 'is', null), eb('call.endedAt', 'is', null)]),
        ]),
      )
      .select((eb) => [
        'call.id',
        'call.direction',
        'call.source',
        'call.invitedAt',
        'call.answeredAt',
        'call.answeredBy',
        'call.endedAt',
        'call.saidOverAt',
        'call.wrappedAt',
        'call.placedBy',
        'call.pickedUpAt',
        'call.sipId',
        'call.setAsideAt',
        'call.setAsideWhy',
        'call.fromPhone',
        'call.toPhone',
        'call.ringList',
        'call.waitsSince',
        'call.putThroughTo',
        'call.customerId',
        'customer.advisorId as ownId',
        'call.finishingAt',
        'passing.fromAdvisor',
        'passing.toAdvisor',
        'passing.words',
        'passing.takenAt',
        phoneRungLast(eb).as('rungId'),
      ])
      .orderBy('call.invitedAt')
      .execute()
  );
}

function stateFor(row: Row, me: string, talking: boolean, now: Date): CallNow['state'] | null {
  const mine = row.answeredBy === me || (row.placedBy === me && !row.takenAt);
  if (row.setAsideAt) return mine && now.getTime() - row.setAsideAt.getTime() < SET_ASIDE_MS ? 'setAside' : null;
  if (row.endedAt) return mine && !row.wrappedAt && row.answeredAt && row.source !== 'noted' ? 'ended' : null;
  if (row.answeredAt && row.toAdvisor === me && !row.takenAt) return 'passed';
  // Who dialled and passed it on has hung up.
  if (row.answeredAt) return row.answeredBy === me ? 'talking' : null;
  if (row.direction === 'out') return mine ? 'ringing' : null;
  if (now.getTime() - row.invitedAt.getTime() > RING_MS && !row.waitsSince) return null;
  if (ringsAt(row) === me) return 'ringing';
  return talking && row.ownId === me ? 'elsewhere' : null;
}

/** Whose phone rings, or is about to; null: the caller waits. */
const ringsAt = ({ waitsSince, putThroughTo, rungId, ringList }: Row): string | null =>
  waitsSince ? putThroughTo : (rungId ?? ringList[0] ?? null);

/** No phone system tells what became of it; or another than Kamailio, whose word may have been lost. */
function asksOutcome({ source, direction, invitedAt }: Row, now: Date): boolean {
  if (source === 'workspace') return true;
  return direction === 'out' && source !== 'kamailio' && now.getTime() - invitedAt.getTime() > UNTOLD_MS;
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
  const at = ringsAt(row);
  const name = (id: string) => roster.advisors.get(id)?.name ?? '';
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
    askOutcome: state === 'ringing' && asksOutcome(row, now),
    pickUp:
      row.source === 'kamailio' && row.direction === 'out' && state === 'ringing' && !row.pickedUpAt && !row.sipId,
    why: row.setAsideWhy,
    passing:
      row.fromAdvisor && row.toAdvisor
        ? { by: name(row.fromAdvisor), to: name(row.toAdvisor), words: row.words ?? '', taken: row.takenAt !== null }
        : null,
    finishingAt: state === 'talking' && row.finishingAt && row.finishingAt > now ? row.finishingAt : null,
    saidOver: row.saidOverAt !== null,
  };
}

async function customersAt(db: Kysely<DB>, roster: Roster, phone: string): Promise<CallNow['likely']> {
  const rows = await customersWithPoint(db, { kind: 'phone', value: phone })
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .select(['customer.id', 'customer.name', 'commune.name as commune', 'customer.advisorId'])
    .limit(5)
    .execute();
  return rows.map(({ advisorId, ...row }) => ({
    ...row,
    advisorName: roster.advisors.get(advisorId)?.name ?? '',
    found: null,
  }));
}
