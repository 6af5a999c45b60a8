import type { Actor } from '../actor.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { lockCaseFile } from './open.ts';
import { passTo } from './owner.ts';

export type HandedOver =
  | { ok: true; from: string }
  | { ok: false; why: 'not_found' | 'closed' | 'no_summary' | 'nobody' | 'same_owner' };

/** Hands a case file to a colleague with a written summary, which they see first. Its open commitments go along. */
export async function handOver(
  tx: Tx,
  actor: Actor,
  input: { caseFileId: string; toAdvisorId: string; summary: string },
): Promise<HandedOver> {
  const summary = input.summary.trim();
  if (!summary) return { ok: false, why: 'no_summary' };
  const caseFile = await lockCaseFile(tx, input.caseFileId);
  if (!caseFile) return { ok: false, why: 'not_found' };
  if (caseFile.closedAt) return { ok: false, why: 'closed' };
  if (caseFile.ownerId === input.toAdvisorId) return { ok: false, why: 'same_owner' };
  const roster = await readRoster(tx.db, tx.now);
  if (!roster.advisors.has(input.toAdvisorId)) return { ok: false, why: 'nobody' };
  await passTo(tx, actor, {
    caseFileId: caseFile.id,
    customerId: caseFile.customerId,
    ownerId: input.toAdvisorId,
    reason: 'handover',
    summary,
  });
  return { ok: true, from: caseFile.ownerId };
}
