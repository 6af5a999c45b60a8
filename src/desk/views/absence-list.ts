import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';
import { awayNow } from './advisor-card.ts';
import type { Roster } from './roster.ts';

interface Named {
  id: string;
  name: string;
}

export interface AbsenceInfo {
  id: string;
  advisor: Named;
  startsAt: Date;
  endsAt: Date;
  cover: Named | null;
  /** Who answers in fact: whoever is named and there, else the first backup who is. */
  standIns: Named[];
  handover: string;
  state: 'coming' | 'now' | 'over';
}

const BACK_DAYS = 14;
const MOST = 200;

/** Absences that are on, to come, or ended in the last two weeks. */
export async function absenceList(db: Kysely<DB>, roster: Roster, now: Date): Promise<AbsenceInfo[]> {
  const rows = await db
    .selectFrom('absence')
    .where('endsAt', '>', new Date(now.getTime() - BACK_DAYS * 86_400_000))
    .orderBy('startsAt')
    .limit(MOST)
    .select(['id', 'advisorId', 'startsAt', 'endsAt', 'coverAdvisorId', 'handover', 'endedEarlyAt'])
    .execute();
  const named = (id: string): Named => ({ id, name: roster.advisors.get(id)?.fullName ?? '' });
  return rows.map((row) => {
    const endsAt = row.endedEarlyAt ?? row.endsAt;
    const state = endsAt <= now ? 'over' : row.startsAt <= now ? 'now' : 'coming';
    return {
      id: row.id,
      advisor: named(row.advisorId),
      startsAt: row.startsAt,
      endsAt,
      cover: row.coverAdvisorId ? named(row.coverAdvisorId) : null,
      standIns: standInsOf(roster, row, state === 'now' ? now : row.startsAt).map(named),
      handover: row.handover,
      state,
    };
  });
}

function standInsOf(roster: Roster, row: { advisorId: string; coverAdvisorId: string | null }, at: Date): string[] {
  const there = awayNow(roster, row.advisorId, at)?.cover.id ?? row.coverAdvisorId;
  return there ? [there] : (roster.advisors.get(row.advisorId)?.backups.slice(0, 1) ?? []);
}
