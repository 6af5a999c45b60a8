import type { Actor } from '../actor.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { followTransfer } from './follow-transfer.ts';

export type PassedOn = { ok: true } | { ok: false; why: 'not_allowed' | 'not_found' };

/** Who talks tells a colleague what it is about: it stands on that colleague's screen, with the file, before they answer. */
export async function passCallOn(
  tx: Tx,
  actor: Actor,
  { callId, toAdvisorId, words }: { callId: string; toAdvisorId: string; words: string },
): Promise<PassedOn> {
  if (!can(actor, 'work on case files') || actor.kind !== 'staff' || !actor.advisorId)
    return { ok: false, why: 'not_allowed' };
  const call = await runningCall(tx, callId);
  const roster = await readRoster(tx.db, tx.now);
  if (
    !call ||
    call.answeredBy !== actor.advisorId ||
    !roster.advisors.has(toAdvisorId) ||
    toAdvisorId === actor.advisorId
  )
    return { ok: false, why: 'not_found' };
  const passing = { fromAdvisor: actor.advisorId, toAdvisor: toAdvisorId, words: words.trim(), passedAt: tx.now };
  await tx.db
    .insertInto('callPassing')
    .values({ callId, ...passing })
    .onConflict((conflict) => conflict.column('callId').doUpdateSet({ ...passing, takenAt: null }))
    .execute();
  await tx.record({ type: 'call.passed_on', customerId: call.customerId, advisorId: toAdvisorId, facts: { callId } });
  return { ok: true };
}

/** The colleague has the caller on the line, and the phone system does not tell: their part of the talk begins. */
export async function takePassedCall(tx: Tx, actor: Actor, callId: string): Promise<PassedOn> {
  if (!can(actor, 'work on case files') || actor.kind !== 'staff') return { ok: false, why: 'not_allowed' };
  const passing = await tx.db
    .selectFrom('callPassing')
    .where('callId', '=', callId)
    .where('takenAt', 'is', null)
    .select('toAdvisor')
    .executeTakeFirst();
  if (!passing || passing.toAdvisor !== actor.advisorId || !(await runningCall(tx, callId)))
    return { ok: false, why: 'not_found' };
  await followTransfer(tx, { callId, advisorId: passing.toAdvisor, kind: 'answered', at: tx.now });
  return { ok: true };
}

function runningCall(tx: Tx, callId: string) {
  return tx.db
    .selectFrom('call')
    .where('id', '=', callId)
    .where('answeredAt', 'is not', null)
    .where('endedAt', 'is', null)
    .select(['answeredBy', 'customerId'])
    .executeTakeFirst();
}
