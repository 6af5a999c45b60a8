import type { CoverVia } from '../routing/reasons.ts';
import type { AdvisorId } from '../routing/situation.ts';
import { type StandIns, standInFor } from './stand-in.ts';

/** Away from when to when, in epoch milliseconds, half open. */
export interface Absence {
  readonly advisorId: AdvisorId;
  readonly from: number;
  readonly to: number;
  /** The colleague named for it; null means the ranked backups in their order. */
  readonly coverId: AdvisorId | null;
}

export interface Colleagues {
  /** Ranked backups of each advisor. */
  readonly backups: Readonly<Record<AdvisorId, readonly AdvisorId[]>>;
  /** Everyone in each advisor's pod. */
  readonly pods: Readonly<Record<AdvisorId, readonly AdvisorId[]>>;
  /** The lead on duty. */
  readonly leadId: AdvisorId;
}

export interface Cover {
  readonly advisorId: AdvisorId;
  readonly via: 'own' | CoverVia;
  /** When the own advisor is back; null when they are not absent. */
  readonly until: number | null;
}

/**
 * Who answers for an advisor at an instant: the advisor unless absent, else whoever stands in. Someone at work at that
 * instant (`isWorking`) is preferred; when none of them is, someone who is merely not absent.
 */
export function coverAt(
  advisorId: AdvisorId,
  at: number,
  absences: readonly Absence[],
  colleagues: Colleagues,
  isWorking: (advisorId: AdvisorId, at: number) => boolean,
): Cover {
  const until = absentUntil(advisorId, at, absences);
  if (until === null) return { advisorId, via: 'own', until: null };
  const isThere = (other: AdvisorId): boolean => absenceAt(other, at, absences) === undefined;
  const standIns = (isPresent: (other: AdvisorId) => boolean): StandIns => ({
    isPresent,
    coverIdOf: (other) => absenceAt(other, at, absences)?.coverId ?? null,
    backupsOf: (other) => colleagues.backups[other] ?? [],
    podOf: (other) => colleagues.pods[other] ?? [],
    leadId: colleagues.leadId,
  });
  const atWork = standInFor(
    advisorId,
    standIns((other) => isThere(other) && isWorking(other, at)),
  );
  if (atWork.via !== 'lead') return { ...atWork, until };
  return { ...standInFor(advisorId, standIns(isThere)), until };
}

/** When someone absent at `at` is back, absences that follow each other taken as one; null when not absent. */
export function absentUntil(advisorId: AdvisorId, at: number, absences: readonly Absence[]): number | null {
  let until: number | null = null;
  let absence = absenceAt(advisorId, at, absences);
  while (absence) {
    until = absence.to;
    absence = absenceAt(advisorId, until, absences);
  }
  return until;
}

function absenceAt(advisorId: AdvisorId, at: number, absences: readonly Absence[]): Absence | undefined {
  return absences.find((absence) => absence.advisorId === advisorId && absence.from <= at && at < absence.to);
}
