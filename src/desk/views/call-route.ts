import type { Kysely } from 'kysely';
import { decide } from '../../core/routing/decide.ts';
import type { CallDecision } from '../../core/routing/decision.ts';
import { putThroughTo } from '../../core/routing/put-through.ts';
import { type CallRequest, callRequest } from '../../core/routing/request.ts';
import type { Situation } from '../../core/routing/situation.ts';
import type { CallPast } from '../../core/telephony/past.ts';
import type { DB } from '../tables.ts';
import { whoIsFreeFor } from './queue.ts';
import { type Roster, readRoster } from './roster.ts';
import { type CustomerAt, customerAt } from './route.ts';
import { type HouseNow, readHouseNow, situationFor } from './situation.ts';

/** What a call from this number meets now, with all that the decision was made from. */
export interface CallRoute {
  roster: Roster;
  /** What everyone did, whoever calls. */
  house: HouseNow;
  situation: Situation;
  request: CallRequest;
  decision: CallDecision;
  /** Null: withheld, unknown, or a number several customers share. */
  customer: CustomerAt | null;
}

/** Decides for a call, without doing anything. The number in E.164; undefined when it is withheld. */
export async function routeCall(tx: { db: Kysely<DB>; now: Date }, phone: string | undefined): Promise<CallRoute> {
  return routeCallIn(tx, phone, () => readHouse(tx));
}

/** Who answers and what everyone does at this moment. */
export async function readHouse(tx: { db: Kysely<DB>; now: Date }): Promise<HouseNow> {
  return readHouseNow(tx, await readRoster(tx.db, tx.now));
}

/** The same decision from what is known of the house already. */
export async function routeCallIn(
  tx: { db: Kysely<DB>; now: Date },
  phone: string | undefined,
  houseNow: () => Promise<HouseNow>,
): Promise<CallRoute> {
  const [house, customer] = await Promise.all([houseNow(), customerAt(tx, phone ? { phone } : {})]);
  const { roster } = house;
  const situation = situationFor(house, customer?.advisorId ?? null, tx.now);
  const request = callRequest(customer, { numberOnFile: customer !== null });
  return { roster, house, situation, request, decision: decide(roster.policy, situation, request), customer };
}

/** A call that is asked about again: its name, since when it rings, what it went through, and who is free for it. */
export interface CallAgain extends Pick<CallPast, 'declined' | 'tried' | 'held'> {
  id: string;
  since: Date;
}

/** The decision of this moment for a call that heard an offer, rang in vain, or waited. */
export async function routeCallAgain(
  tx: { db: Kysely<DB>; now: Date },
  phone: string | undefined,
  houseNow: () => Promise<HouseNow>,
  { id, since, declined, tried, held }: CallAgain,
): Promise<CallRoute> {
  const [house, customer, freeFor] = await Promise.all([
    houseNow(),
    customerAt(tx, phone ? { phone } : {}),
    whoIsFreeFor(tx, id),
  ]);
  const { roster } = house;
  const ownId = customer?.advisorId ?? null;
  const all = situationFor(house, ownId, tx.now);
  // Nobody stands in their own way; but who was held once is not held a second time.
  const situation = held ? all : { ...all, waiting: all.waiting.filter((caller) => caller.id !== id) };
  const request = callRequest(customer, { numberOnFile: customer !== null, declined, tried });
  const decided = decide(roster.policy, situation, request);
  const decision = freeFor
    ? putThroughTo(roster.policy, situation, decided, { ownId, advisorId: freeFor, since: since.getTime() })
    : decided;
  return { roster, house, situation, request, decision, customer };
}
