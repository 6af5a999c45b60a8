import type { Kysely } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { type DecidedCall, decisionColumns, noteDecision } from './note-decision.ts';

export interface NewCall {
  id: string;
  at: Date;
  fromPhone: string | null;
  customerId: string | null;
  ringList: readonly string[];
  /** The phone system that tells us; 'kamailio' when left out. */
  source?: string;
  /** The phone system's name for it, when it has an id of ours. */
  sipId?: string;
  /** An outgoing call: the number called and who dials. */
  out?: { toPhone: string; placedBy: string | null; commitmentId?: string | null };
  /** What was decided for it. */
  decided?: DecidedCall | undefined;
}

/**
 * Notes that there is a call and whom it will ring, and lets the screens of those hear of it at once. Told
 * again, by another process or twice, it changes nothing but that a decision is added where there was none. True when it
 * was new.
 */
export async function beginCall(tx: Tx, call: NewCall): Promise<boolean> {
  const { id, customerId, ringList, out, decided } = call;
  const [begun] = await insertCall(tx.db, rowOf(call));
  if (!begun) {
    if (decided) await noteDecision(tx, id, decided);
    return false;
  }
  await tx.record({
    type: 'call.invited',
    customerId,
    advisorId: out?.placedBy ?? ringList[0] ?? null,
    facts: { callId: id, direction: out ? 'out' : 'in' },
  });
  return true;
}

function rowOf(call: NewCall) {
  const { id, at, fromPhone, customerId, ringList, out, decided } = call;
  return {
    id,
    invitedAt: at,
    fromPhone,
    customerId,
    ringList: [...ringList],
    source: call.source ?? 'kamailio',
    sipId: call.sipId ?? null,
    direction: out ? ('out' as const) : ('in' as const),
    toPhone: out?.toPhone ?? null,
    placedBy: out?.placedBy ?? null,
    commitmentId: out?.commitmentId ?? null,
    ...(decided ? decisionColumns(decided) : UNDECIDED),
  };
}

const UNDECIDED = { policyVersion: null, situation: null, houseStateId: null, request: null, decision: null };

const insertCall = prepared((db: Kysely<DB>, given: ReturnType<typeof rowOf>) =>
  db
    .insertInto('call')
    .values({
      id: given.id,
      invitedAt: given.invitedAt,
      fromPhone: given.fromPhone,
      customerId: given.customerId,
      ringList: given.ringList,
      source: given.source,
      sipId: given.sipId,
      direction: given.direction,
      toPhone: given.toPhone,
      placedBy: given.placedBy,
      commitmentId: given.commitmentId,
      policyVersion: given.policyVersion,
      situation: given.situation,
      houseStateId: given.houseStateId,
      request: given.request,
      decision: given.decision,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
);
