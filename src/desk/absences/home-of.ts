import type { Tx } from '../tx.ts';
import { coverNow } from '../views/cover.ts';
import type { Roster } from '../views/roster.ts';

interface CoveredFile {
  id: string;
  ownerId: string;
  /** Of the customer. */
  advisorId: string;
}

interface Home {
  ownerId: string;
  reason: 'return' | 'absence';
  absenceId?: string;
}

type Covering = { ownerId: string; absenceId: string | null; at: Date };
type RosterAbsence = Roster['absences'][number];

/**
 * To whom a covered case file goes: along the chain of covers to the first who is here. When that is the one it started
 * from, it has returned; else the chain goes on, so that it can still return later. `prolonged`: absences along the chain
 * that followed those the file was passed on for, and of which its customer may have heard nothing.
 */
export async function homeOf(tx: Tx, roster: Roster, file: CoveredFile): Promise<{ home?: Home; prolonged: string[] }> {
  const { start, run } = await chainOf(tx, file);
  const prolonged: string[] = [];
  let home: Home = { ownerId: start, reason: 'return' };
  let rest = run;
  for (;;) {
    const { ownerId } = home;
    const absence = presentAbsence(roster, ownerId, tx.now);
    if (!absence && roster.advisors.has(ownerId)) return { home, prolonged };
    const before = absence ? rest.findLastIndex((each) => each.at.getTime() < absence.from) : -1;
    if (absence && before >= 0) prolonged.push(absence.id);
    const covers = absence ? stillNamed(rest, before, absence) : rest;
    const [next] = covers;
    if (!next) return { ...(absence && before >= 0 && standIn(tx, roster, absence)), prolonged };
    home = goesOn(next.ownerId, next.absenceId);
    rest = covers.slice(covers.findLastIndex((each) => each.ownerId === next.ownerId) + 1);
  }
}

/** Whom an absence names that takes the place of an earlier one; nobody while they are away too. */
function standIn(tx: Tx, roster: Roster, { id, advisorId }: RosterAbsence): { home?: Home } {
  const named = coverNow(roster, advisorId, tx.now.getTime()).advisorId;
  return presentAbsence(roster, named, tx.now) ? {} : { home: goesOn(named, id) };
}

/** Whose absence it began with, and everybody who has answered in their place since, in order. */
async function chainOf(tx: Tx, file: CoveredFile): Promise<{ start: string; run: Covering[] }> {
  const owners = await tx.db
    .selectFrom('ownership')
    .where('caseFileId', '=', file.id)
    .select(['ownerId', 'reason', 'absenceId', 'at'])
    .orderBy('at')
    .orderBy('id')
    .execute();
  const run = owners.slice(owners.findLastIndex((each) => each.reason !== 'absence') + 1);
  // Opened while the customer's own advisor was away: then it is theirs.
  return { start: owners.at(-run.length - 1)?.ownerId ?? file.advisorId, run };
}

/** Who answered when the present absence began goes on, unless it names a colleague of its own. */
function stillNamed(run: Covering[], before: number, { coverId }: RosterAbsence): Covering[] {
  if (before < 0 || coverId === null) return run;
  return run.slice(run[before]?.ownerId === coverId ? before : before + 1);
}

function goesOn(ownerId: string, absenceId: string | null): Home {
  return { ownerId, reason: 'absence', ...(absenceId && { absenceId }) };
}

/** The absence an advisor is on now. */
export function presentAbsence({ absences }: Roster, advisorId: string, now: Date): RosterAbsence | undefined {
  const at = now.getTime();
  return absences.find((each) => each.advisorId === advisorId && each.from <= at && at < each.to);
}
