import type { Attempt } from './decision.ts';
import type { Policy } from './policy.ts';
import type { Reason } from './reasons.ts';
import {
  type AdvisorId,
  type AdvisorState,
  type FreeAdvisor,
  freeAmongEveryone,
  isFree,
  type Situation,
} from './situation.ts';

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
  const taken = (advisorId: AdvisorId): boolean => isTaken(advisorId, ownId, tried, attempts);
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
  addLongestUnserved(attempts, policy, situation, ownId, tried);
  addWhy(reasons, attempts, before);
}

/** Whoever is free, longest unserved first, as many as a ring list needs. */
export function ringListOfAnyone(policy: Policy, situation: Situation, tried: readonly AdvisorId[]): Attempt[] {
  const first = longestUnserved(freeAmongEveryone(situation), null, tried, []);
  if (!first) return [];
  const attempts = [ringAnyone(policy, first)];
  addLongestUnserved(attempts, policy, situation, null, tried);
  return attempts;
}

/** Fills up a ring list that is too short. */
function addLongestUnserved(
  attempts: Attempt[],
  policy: Policy,
  situation: Situation,
  ownId: AdvisorId | null,
  tried: readonly AdvisorId[],
): void {
  if (attempts.length >= policy.call.fewestAttempts) return;
  const free = freeAmongEveryone(situation);
  while (attempts.length < policy.call.fewestAttempts) {
    const next = longestUnserved(free, ownId, tried, attempts);
    if (!next) return;
    attempts.push(ringAnyone(policy, next));
  }
}

function ringAnyone(policy: Policy, { id }: FreeAdvisor): Attempt {
  return { advisorId: id, seconds: policy.call.ringSeconds, how: 'ring', role: 'anyone' };
}

/** The given order breaks ties. */
function longestUnserved(
  free: readonly FreeAdvisor[],
  ownId: AdvisorId | null,
  tried: readonly AdvisorId[],
  attempts: readonly Attempt[],
): FreeAdvisor | null {
  let first: FreeAdvisor | null = null;
  for (const advisor of free) {
    if (first !== null && advisor.lastServedAt >= first.lastServedAt) continue;
    if (!isTaken(advisor.id, ownId, tried, attempts)) first = advisor;
  }
  return first;
}

function isTaken(
  advisorId: AdvisorId,
  ownId: AdvisorId | null,
  tried: readonly AdvisorId[],
  attempts: readonly Attempt[],
): boolean {
  if (advisorId === ownId) return true;
  for (const id of tried) if (id === advisorId) return true;
  for (const attempt of attempts) if (attempt.advisorId === advisorId) return true;
  return false;
}

/** Why this phone rings first, when it is not the own advisor's; without one: nobody is free. */
export function whyRung(first: Attempt | undefined): Reason {
  if (!first || first.role === 'own') return { code: 'nobody_free' };
  return { code: WHY[first.role], advisorId: first.advisorId };
}

/** Whether one of the named backups could take a call now. */
export function hasFreeBackup(situation: Situation, own: AdvisorState, tried: readonly AdvisorId[]): boolean {
  for (const advisorId of own.backups) {
    const state = situation.advisors[advisorId];
    if (state && isFree(state) && !tried.includes(advisorId)) return true;
  }
  return false;
}

/** How many could take a call now, whoever they are. */
export function countFree(situation: Situation, tried: readonly AdvisorId[]): number {
  return freeOf(situation, situation.everyone, (advisorId) => tried.includes(advisorId)).length;
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

const WHY = { backup: 'backup_free', pod: 'pod_free', anyone: 'anyone_free' } as const;

function addWhy(reasons: Reason[], attempts: readonly Attempt[], before: number): void {
  const first = attempts[before];
  if (first?.role === 'own' || (!first && before > 0)) return;
  reasons.push(whyRung(first));
}
