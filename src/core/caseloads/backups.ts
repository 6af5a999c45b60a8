import { kmBetween } from './distance.ts';
import type { Place } from './unit.ts';

/** An advisor who needs two backups, and may be one. */
export interface Colleague {
  advisorId: string;
  podId: string;
  /** The middle of the caseload, else the office. */
  at: Place | null;
  /** Absences known for the time ahead. */
  away: readonly { from: Date; to: Date }[];
  /** Who backs them up now, best first. */
  backups: readonly string[];
}

/** A backup of another pod weighs as much as so many kilometres; one who is away at the same time, or a new one. */
const otherPodKm = 60;
const newBackupKm = 30;
/** A day on which both are away: never chosen while anyone else is there. */
const awayTogetherKm = 400;
/** Nobody backs up many more people than others do. */
const spare = 1;

export interface BackupModel {
  /** A programme in CPLEX LP text; `b<advisor>_<backup>` is 1 when this colleague is a backup. */
  text: string;
  colleagues: readonly Colleague[];
  kilometres: number[][];
}

/**
 * Two backups for everyone as a second assignment: near, in the same pod, present when the other one is away, the ones
 * of now where that costs little, and nobody with many more people than the rest. Two sums a person: its solutions are whole.
 */
export function backupModel(colleagues: readonly Colleague[]): BackupModel {
  const wanted = Math.min(2, colleagues.length - 1);
  const most = wanted + spare;
  const kilometres = colleagues.map((one) => colleagues.map((other) => backupKm(one, other)));
  const pairs = (one: number) => colleagues.map((_, other) => other).filter((other) => other !== one);
  const name = (one: number, other: number) => `b${one}_${other}`;
  const everyone = [...colleagues.keys()];
  const terms = everyone.flatMap((one) =>
    pairs(one).map((other) => `${(kilometres[one]?.[other] ?? 0).toFixed(2)} ${name(one, other)}`),
  );
  const has = everyone.map(
    (one) =>
      ` n${one}: ${pairs(one)
        .map((other) => name(one, other))
        .join(' + ')} = ${wanted}`,
  );
  const gives = everyone.map(
    (other) =>
      ` m${other}: ${pairs(other)
        .map((one) => name(one, other))
        .join(' + ')} <= ${most}`,
  );
  const bounds = everyone.flatMap((one) => pairs(one).map((other) => ` 0 <= ${name(one, other)} <= 1`));
  const text = `Minimize\n cost: ${terms.join('\n + ')}\nSubject To\n${[...has, ...gives].join('\n')}\nBounds\n${bounds.join('\n')}\nEnd\n`;
  return { text, colleagues, kilometres };
}

/** The backups of each colleague, the nearest first, from a solution. */
export function backupsOf(
  { colleagues, kilometres }: BackupModel,
  partOf: (variable: string) => number,
): Map<string, string[]> {
  return new Map(
    colleagues.map(({ advisorId }, one) => {
      const chosen = [...colleagues.keys()].filter((other) => partOf(`b${one}_${other}`) > 0.5);
      chosen.sort((first, second) => (kilometres[one]?.[first] ?? 0) - (kilometres[one]?.[second] ?? 0));
      return [advisorId, chosen.map((other) => colleagues[other]?.advisorId ?? '')];
    }),
  );
}

/** Days on which both are away. */
export function daysAwayTogether(one: Colleague, other: Colleague): number {
  const day = 86_400_000;
  return one.away
    .flatMap((mine) => other.away.map((theirs) => overlap(mine, theirs)))
    .reduce((sum, each) => sum + each / day, 0);
}

const overlap = (one: { from: Date; to: Date }, other: { from: Date; to: Date }) =>
  Math.max(0, Math.min(one.to.getTime(), other.to.getTime()) - Math.max(one.from.getTime(), other.from.getTime()));

function backupKm(one: Colleague, other: Colleague): number {
  const far = one.at && other.at ? kmBetween(one.at, other.at) : 0;
  const pod = one.podId === other.podId ? 0 : otherPodKm;
  const known = one.backups.includes(other.advisorId) ? 0 : newBackupKm;
  return far + pod + known + Math.ceil(daysAwayTogether(one, other)) * awayTogetherKm;
}
