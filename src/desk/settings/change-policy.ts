import { type Policy, type PolicyChanges, policyProblems, policyWith } from '../../core/routing/policy.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';

/** Who answers and who is offered to ring back is the product's promise: simulations try others, no screen does. */
export type PolicyNumbers = Omit<Policy, 'version' | 'people'>;

export type PolicyChanged =
  | { ok: true; version: string }
  /** `changed`: somebody else put another policy in force while this one was typed. */
  | { ok: false; why: 'not_allowed' | 'changed' }
  /** Paths such as `call.ringSeconds`. */
  | { ok: false; why: 'problems'; paths: string[] };

/**
 * Puts other numbers in force, for every decision from now on, under a version of their own. Decisions taken stay as they
 * were, with the version they were taken by. `from`: the version these numbers were typed over.
 */
export async function changePolicy(
  tx: Tx,
  actor: Actor,
  { from, numbers }: { from: string; numbers: PolicyNumbers },
): Promise<PolicyChanged> {
  if (!can(actor, 'run the installation')) return { ok: false, why: 'not_allowed' };
  await tx.db.selectFrom('operator').select('onlyRow').forUpdate().execute();
  const { policy: before } = await readRoster(tx.db, tx.now);
  if (before.version !== from) return { ok: false, why: 'changed' };
  const version = versionAt(tx.now);
  const changes: PolicyChanges = { version, people: before.people, ...numbers };
  const paths = policyProblems(policyWith(changes));
  if (paths.length > 0) return { ok: false, why: 'problems', paths };
  await tx.db
    .updateTable('operator')
    .set({ policy: JSON.stringify(changes), changedAt: tx.now })
    .execute();
  await tx.insert('policyVersion', {
    version,
    policy: JSON.stringify(changes),
    at: tx.now,
    byStaff: staffIdOf(actor),
  });
  await recordChange(tx, actor, {
    action: 'change policy',
    event: 'policy.changed',
    facts: { version, from: before.version },
  });
  return { ok: true, version };
}

/** "2026-11-23-091502": sorts by time, and nobody has to think of a name. */
function versionAt(now: Date): string {
  const iso = now.toISOString();
  return `${iso.slice(0, 10)}-${iso.slice(11, 19).replaceAll(':', '')}`;
}
