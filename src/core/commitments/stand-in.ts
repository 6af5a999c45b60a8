import type { CoverVia } from '../routing/reasons.ts';
import type { AdvisorId } from '../routing/situation.ts';

/** Whom to ask when an advisor is away. */
export interface StandIns {
  readonly isPresent: (advisorId: AdvisorId) => boolean;
  /** The colleague named for the absence, or null. */
  readonly coverIdOf: (advisorId: AdvisorId) => AdvisorId | null;
  readonly backupsOf: (advisorId: AdvisorId) => readonly AdvisorId[];
  readonly podOf: (advisorId: AdvisorId) => readonly AdvisorId[];
  readonly leadId: AdvisorId;
}

export interface StandIn {
  readonly advisorId: AdvisorId;
  readonly via: CoverVia;
}

/**
 * Who answers for an advisor who is away: the colleague named for the absence and, if that one is away too, theirs
 * (A→B→C); else the ranked backups, then the backups of those; else someone of the pod; else the lead on duty.
 * Visits nobody twice, so that a circle ends, and always answers someone.
 */
export function standInFor(advisorId: AdvisorId, who: StandIns): StandIn {
  const seen = new Set([advisorId]);
  const chain = namedCovers(advisorId, who, seen);
  const last = chain.at(-1);
  if (last !== undefined && who.isPresent(last)) return { advisorId: last, via: 'cover' };
  const backup = firstPresentBackup([advisorId, ...chain], who, seen);
  if (backup !== undefined) return { advisorId: backup, via: 'backup' };
  const colleague = who.podOf(advisorId).find((other) => !seen.has(other) && who.isPresent(other));
  if (colleague !== undefined) return { advisorId: colleague, via: 'pod' };
  return { advisorId: who.leadId, via: 'lead' };
}

/** The covers named one after the other, up to the first who is present. */
function namedCovers(advisorId: AdvisorId, who: StandIns, seen: Set<AdvisorId>): AdvisorId[] {
  const chain: AdvisorId[] = [];
  let next = who.coverIdOf(advisorId);
  while (next !== null && !seen.has(next)) {
    seen.add(next);
    chain.push(next);
    if (who.isPresent(next)) break;
    next = who.coverIdOf(next);
  }
  return chain;
}

/** Nearest first: the backups of the one away, then the covers and backups of those who are away themselves. */
function firstPresentBackup(away: AdvisorId[], who: StandIns, seen: Set<AdvisorId>): AdvisorId | undefined {
  const queue = [...away];
  for (let asked = queue.shift(); asked !== undefined; asked = queue.shift()) {
    const cover = who.coverIdOf(asked);
    const named = cover === null ? who.backupsOf(asked) : [cover, ...who.backupsOf(asked)];
    for (const other of named) {
      if (seen.has(other)) continue;
      if (who.isPresent(other)) return other;
      seen.add(other);
      queue.push(other);
    }
  }
  return undefined;
}
