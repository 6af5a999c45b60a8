import type { Kysely } from 'kysely';
import { decide } from '../../core/routing/decide.ts';
import type { CallDecision } from '../../core/routing/decision.ts';
import { callRequest } from '../../core/routing/request.ts';
import type { Situation } from '../../core/routing/situation.ts';
import type { DB } from '../tables.ts';
import { type Roster, readRoster } from './roster.ts';
import { type CustomerAt, customerAt } from './route.ts';
import { callSituation } from './situation.ts';

/** What a call from this number meets now, with all that the decision was made from. */
export interface CallRoute {
  roster: Roster;
  situation: Situation;
  decision: CallDecision;
  /** Null: withheld, unknown, or a number several customers share. */
  customer: CustomerAt | null;
}

/** Decides for a call, without doing anything. The number in E.164; undefined when it is withheld. */
export async function routeCall(tx: { db: Kysely<DB>; now: Date }, phone: string | undefined): Promise<CallRoute> {
  const [roster, customer] = await Promise.all([readRoster(tx.db, tx.now), customerAt(tx, phone ? { phone } : {})]);
  const situation = await callSituation(tx, roster, customer?.advisorId ?? null);
  const request = callRequest(customer, { numberOnFile: customer !== null });
  return { roster, situation, decision: decide(roster.policy, situation, request), customer };
}
