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
 * To whom a covered case file goes: back along the chain of covers to the first who is here. When that is the one it
 * started from, it has returned; else the chain goes on, so that it can still return later. `prolonged`: the absence that
 * has followed the one it was passed on for, and of which its customer may have heard nothing.
 */
export async function homeOf(tx: Tx, roster: Roster, file: CoveredFile): Promise<{ home?: Home; prolonged?: string }> {
  const { start, run } = await chainOf(tx, file);
  const isHere = (id: string) => roster.advisors.has(id) && !presentAbsence(roster, id, tx.now);
  if (isHere(start)) return { home: { ownerId: start, reason: 'return' } };
  const absence = presentAbsence(roster, start, tx.now);
  const before = absence ? run.findLastIndex((each) => each.at.getTime() < absence.from) : -1;
  const covers = absence ? stillNamed(run, before, absence) : run;
  const next = covers.find((each) => isHere(each.ownerId));
  const named = absence && covers.length === 0 ? coverNow(roster, start, tx.now.getTime()).advisorId : start;
  const home = next ? goesOn(next.ownerId, next.absenceId) : isHere(named) && goesOn(named, absence?.id ?? null);
  return { ...(home && { home }), ...(absence && before >= 0 && { prolonged: absence.id }) };
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
