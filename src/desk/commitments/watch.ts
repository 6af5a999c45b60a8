import { type EscalationFacts, nextStep } from '../../core/commitments/escalation.ts';
import type { Policy } from '../../core/routing/policy.ts';
import { system } from '../actor.ts';
import { recordOwner } from '../casefiles/owner.ts';
import type { Transact, Tx } from '../tx.ts';
import { coverNow, leadOnDuty } from '../views/cover.ts';
import { type Roster, readRoster } from '../views/roster.ts';
import { makeCommitment } from './make.ts';
import { openCommitments } from './queries.ts';

const AT_ONCE = 50;

/**
 * Reminds owners and breaks what is overdue, each commitment in a transaction of its own; several processes may do it
 * at once. Returns how many steps were taken. Run every minute.
 */
export async function watchCommitments(transact: Transact): Promise<number> {
  let steps = 0;
  for (;;) {
    const taken = await transact(watchSome);
    steps += taken;
    if (taken < AT_ONCE) return steps;
  }
}

async function watchSome(tx: Tx): Promise<number> {
  const roster = await readRoster(tx.db, tx.now);
  const graceMs = roster.policy.onFree.lateCallbackMinutes * 60_000;
  const late = new Date(tx.now.getTime() - graceMs);
  // With their case files, whose locks everybody takes first: nobody is waited for, and what is held comes next time.
  const due = await openCommitments(tx.db)
    .innerJoin('caseFile', 'caseFile.id', 'commitment.caseFileId')
    .where((eb) =>
      eb.or([
        eb.and([eb('kind', '!=', 'callback'), eb('dueAt', '<', tx.now)]),
        eb.and([eb('kind', '=', 'callback'), eb('dueAt', '<', late)]),
        eb('remindAt', '<=', tx.now),
      ]),
    )
    .selectAll('commitment')
    .orderBy('dueAt')
    .limit(AT_ONCE)
    .forNoKeyUpdate(['caseFile', 'commitment'])
    .skipLocked()
    .execute();
  for (const commitment of due) {
    const facts = factsFor(roster, commitment.ownerId, tx.now.getTime());
    const step = nextStep(
      {
        ownerId: commitment.ownerId,
        madeAt: commitment.madeAt.getTime(),
        // A late callback stays with its owner for a quarter of an hour; then it is broken, and the backups' to rescue.
        dueAt: commitment.dueAt.getTime() + (commitment.kind === 'callback' ? graceMs : 0),
        remindedAt: commitment.remindAt === null ? tx.now.getTime() : null,
        escalation: commitment.escalation as 0 | 1 | 2,
      },
      tx.now.getTime(),
      commitment.kind === 'callback' ? soon(roster.policy) : roster.policy,
      facts,
    );
    if (step.step === 'break') await breakCommitment(tx, commitment, step.next);
    else if (step.step === 'remind') await remind(tx, commitment);
    else
      await tx.db
        .updateTable('commitment')
        .set({ remindAt: new Date(step.until) })
        .where('id', '=', commitment.id)
        .execute();
  }
  return due.length;
}

/** Who takes over a broken callback calls within a quarter of an hour. */
function soon({ commitments, offer }: Policy): Pick<Policy, 'commitments'> {
  const minutes = offer.shortestMinutes;
  return { commitments: { ...commitments, backupWithinMinutes: minutes, leadWithinMinutes: minutes } };
}

function factsFor(roster: Roster, ownerId: string, now: number): EscalationFacts {
  const leadId = leadOnDuty(roster, now);
  const owner = roster.advisors.get(ownerId) ?? roster.advisors.get(leadId);
  if (!owner) throw new Error('the roster has no lead');
  const first = owner.backups
    .filter((id) => roster.advisors.has(id))
    .map((id) => coverNow(roster, id, now).advisorId)
    .find((id) => id !== ownerId);
  return { calendar: owner.calendar, backupId: first ?? null, leadId };
}

interface Overdue {
  id: string;
  customerId: string;
  caseFileId: string;
  ownerId: string;
  kind: 'answer' | 'callback' | 'nextNews' | 'visit';
  dueAt: Date;
  words: string;
}

/** Broken is broken, and someone else owes it now, by a new time, in the same transaction. */
async function breakCommitment(
  tx: Tx,
  commitment: Overdue,
  next: { ownerId: string; escalation: 0 | 1 | 2; dueAt: number },
): Promise<void> {
  const { customerId, caseFileId, kind, words } = commitment;
  await makeCommitment(tx, system, {
    customerId,
    caseFileId,
    kind,
    words,
    ownerId: next.ownerId,
    dueAt: new Date(next.dueAt),
    escalation: next.escalation,
    replacesId: commitment.id,
  });
  await tx.db.updateTable('commitment').set({ brokenAt: tx.now }).where('id', '=', commitment.id).execute();
  await tx.record({
    type: 'commitment.broken',
    customerId,
    advisorId: commitment.ownerId,
    caseFileId,
    facts: { commitmentId: commitment.id, kind, dueAt: commitment.dueAt.toISOString(), nextOwnerId: next.ownerId },
  });
  if (next.ownerId !== commitment.ownerId) {
    await tx.db.updateTable('caseFile').set({ ownerId: next.ownerId }).where('id', '=', caseFileId).execute();
    await recordOwner(tx, system, { caseFileId, customerId, ownerId: next.ownerId, reason: 'escalation' });
  }
}

async function remind(tx: Tx, commitment: Overdue): Promise<void> {
  await tx.db.updateTable('commitment').set({ remindAt: null }).where('id', '=', commitment.id).execute();
  await tx.record({
    type: 'commitment.reminder',
    customerId: commitment.customerId,
    advisorId: commitment.ownerId,
    caseFileId: commitment.caseFileId,
    facts: { commitmentId: commitment.id, dueAt: commitment.dueAt.toISOString() },
  });
}
