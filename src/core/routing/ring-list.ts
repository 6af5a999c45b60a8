import type { Attempt } from './decision.ts';
import type { Policy } from './policy.ts';
import type { Reason } from './reasons.ts';
import { type AdvisorId, type AdvisorState, isFree, type Situation } from './situation.ts';

/** Which free backup comes first: the fixed order, or for who declined an offer the one who owes the fewest callbacks. */
export type BackupOrder = 'fixed' | 'fewestCallbacks';

/**
 * Appends to `attempts` every free advisor who may answer in the own advisor's place: backups, the rest of the pod,
 * and when that is a short list, anyone. Nobody twice, nobody who was tried. Adds why to `reasons`.
 */
export function addOthers(
  attempts: Attempt[],
  reasons: Reason[],
  policy: Policy,
  situation: Situation,
  ownId: AdvisorId | null,
  tried: readonly AdvisorId[],
  order: BackupOrder,
): void {
  const before = attempts.length;
  const own = ownId === null ? undefined : situation.advisors[ownId];
  const taken = (advisorId: AdvisorId): boolean =>
    advisorId === ownId || tried.includes(advisorId) || attempts.some((attempt) => attempt.advisorId === advisorId);
  const add = (role: Attempt['role'], ids: readonly AdvisorId[]): void => {
    for (const advisorId of ids) {
      attempts.push({ advisorId, seconds: policy.call.ringSeconds, how: 'ring', role });
    }
  };
  if (own) {
    const backups = freeOf(situation, own.backups, taken);
    add('backup', order === 'fixed' ? backups : sortByLoad(situation, backups));
    add('pod', sortByLoad(situation, freeOf(situation, situation.pods[own.podId] ?? [], taken)));
  }
  const missing = policy.call.fewestAttempts - attempts.length;
  if (missing > 0) add('anyone', longestUnserved(situation, freeOf(situation, situation.everyone, taken), missing));
  addWhy(reasons, attempts, before);
}

/** Appends those who are free, longest unserved first, as many as a ring list needs. Adds why to `reasons`. */
export function addAnyone(
  attempts: Attempt[],
  reasons: Reason[],
  policy: Policy,
  situation: Situation,
  tried: readonly AdvisorId[],
): void {
  const { fewestAttempts, ringSeconds } = policy.call;
  const free = freeOf(situation, situation.everyone, (advisorId) => tried.includes(advisorId));
  for (const advisorId of longestUnserved(situation, free, fewestAttempts)) {
    attempts.push({ advisorId, seconds: ringSeconds, how: 'ring', role: 'anyone' });
  }
  addWhy(reasons, attempts, 0);
}

/** Whether one of the named backups could take a call now. */
export function hasFreeBackup(situation: Situation, own: AdvisorState, tried: readonly AdvisorId[]): boolean {
  for (const advisorId of own.backups) {
    const state = situation.advisors[advisorId];
    if (state && isFree(state) && !tried.includes(advisorId)) return true;
  }
  return false;
}

function freeOf(
  situation: Situation,
  ids: readonly AdvisorId[],
  taken: (advisorId: AdvisorId) => boolean,
): AdvisorId[] {
  const free: AdvisorId[] = [];
  for (const advisorId of ids) {
    const state = situation.advisors[advisorId];
    if (state && isFree(state) && !taken(advisorId) && !free.includes(advisorId)) free.push(advisorId);
  }
  return free;
}

/** Fewest open callbacks first, then longest unserved. Stable: the given order breaks ties. */
function sortByLoad(situation: Situation, ids: AdvisorId[]): AdvisorId[] {
  if (ids.length < 2) return ids;
  return ids.sort((a, b) => {
    const first = situation.advisors[a];
    const second = situation.advisors[b];
    if (!first || !second) return 0;
    return first.callbacks.length - second.callbacks.length || first.lastServedAt - second.lastServedAt;
  });
}

function longestUnserved(situation: Situation, ids: AdvisorId[], most: number): AdvisorId[] {
  const served = (advisorId: AdvisorId): number => situation.advisors[advisorId]?.lastServedAt ?? 0;
  return ids.sort((a, b) => served(a) - served(b)).slice(0, most);
}

const WHY = { backup: 'backup_free', pod: 'pod_free', anyone: 'anyone_free' } as const;

function addWhy(reasons: Reason[], attempts: readonly Attempt[], before: number): void {
  const first = attempts[before];
  if (first && first.role !== 'own') reasons.push({ code: WHY[first.role], advisorId: first.advisorId });
  else if (before === 0) reasons.push({ code: 'nobody_free' });
}
