import type { Kysely } from 'kysely';
import { backupModel, backupsOf, type Colleague, daysAwayTogether } from '../../core/caseloads/backups.ts';
import { centresOf } from '../../core/caseloads/centres.ts';
import { solveLinear } from '../../platform/solver/solve-linear.ts';
import type { Actor } from '../actor.ts';
import { setBackups } from '../advisors/backups.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { readSeats, readUnits } from '../views/caseload-units.ts';

export interface BackupProposal {
  advisorId: string;
  name: string;
  before: string[];
  after: string[];
  /** Names, best first. */
  names: string[];
  /** Days ahead on which a backup of now, or of the proposal, is away together with the advisor. */
  awayTogether: { before: number; after: number };
}

/** Two backups for everyone present: near, of the same pod, not away at the same time. Undefined: no solution. */
export async function proposeBackups(db: Kysely<DB>, now: Date): Promise<BackupProposal[] | undefined> {
  const colleagues = await readColleagues(db, now);
  if (colleagues.length < 2) return [];
  const model = backupModel(colleagues);
  const solved = await solveLinear(model.text);
  if (!solved.ok) return undefined;
  const chosen = backupsOf(model, (variable) => solved.parts.get(variable) ?? 0);
  const known = new Map(colleagues.map((each) => [each.advisorId, each]));
  const away = (one: Colleague, others: readonly string[]) =>
    others.reduce((days, id) => days + Math.ceil(daysAwayTogether(one, known.get(id) ?? one)), 0);
  return colleagues.map((each) => {
    const after = chosen.get(each.advisorId) ?? [];
    return {
      advisorId: each.advisorId,
      name: each.name,
      before: [...each.backups],
      after,
      names: after.map((id) => known.get(id)?.name ?? ''),
      awayTogether: { before: away(each, each.backups), after: away(each, after) },
    };
  });
}

/** Makes the proposed backups the backups. Returns how many advisors have others than before. */
export async function applyBackups(tx: Tx, actor: Actor, proposals: readonly BackupProposal[]): Promise<number> {
  const changed = proposals.filter(({ before, after }) => before.join() !== after.join());
  for (const { advisorId, after } of changed) {
    const set = await setBackups(tx, actor, { advisorId, backups: after });
    if (!set.ok) throw new Error(`Backups of ${advisorId}: ${set.why}`);
  }
  return changed.length;
}

async function readColleagues(db: Kysely<DB>, now: Date): Promise<(Colleague & { name: string })[]> {
  const seats = await readSeats(db);
  const units = await readUnits(db, now);
  const owner = units.map(({ advisorId }) => seats.findIndex((seat) => seat.advisorId === advisorId));
  const middle = new Map(centresOf(units, seats, owner).map((place, index) => [seats[index]?.advisorId, place]));
  const advisors = await db
    .selectFrom('advisor')
    .where('leftAt', 'is', null)
    .select(['id', 'podId', 'givenName', 'familyName'])
    .orderBy('id')
    .execute();
  const absences = await db
    .selectFrom('absence')
    .where('endsAt', '>', now)
    .where('endedEarlyAt', 'is', null)
    .select(['advisorId', 'startsAt', 'endsAt'])
    .execute();
  const backups = await db.selectFrom('backup').select(['advisorId', 'backupAdvisorId']).orderBy('rank').execute();
  return advisors.map(({ id, podId, givenName, familyName }) => ({
    advisorId: id,
    name: `${givenName} ${familyName}`,
    podId,
    at: middle.get(id) ?? null,
    away: absences
      .filter((each) => each.advisorId === id)
      .map(({ startsAt, endsAt }) => ({ from: startsAt, to: endsAt })),
    backups: backups.filter((each) => each.advisorId === id).map((each) => each.backupAdvisorId),
  }));
}
