import type { Kysely } from 'kysely';
import { absentUntil } from '../../core/commitments/cover.ts';
import type { DB } from '../tables.ts';
import { awayNow } from './advisor-card.ts';
import type { Roster } from './roster.ts';

export interface Colleague {
  id: string;
  name: string;
  pod: string;
  /** Place among the asker's backups, 1 first; null for everyone else. */
  rank: number | null;
  awayUntil: Date | null;
}

/** Everyone a case file can be handed to: the asker's backups in their order, then the pod, then the others. */
export async function colleagues(
  db: Kysely<DB>,
  roster: Roster,
  askerId: string | null,
  now: Date,
): Promise<Colleague[]> {
  const pods = new Map((await db.selectFrom('pod').select(['id', 'name']).execute()).map((pod) => [pod.id, pod.name]));
  const own = askerId ? roster.advisors.get(askerId) : undefined;
  const order = (id: string, podId: string) => {
    const rank = own?.backups.indexOf(id) ?? -1;
    if (rank >= 0) return rank;
    return podId === own?.podId ? 100 : 200;
  };
  return [...roster.advisors.values()]
    .filter((advisor) => advisor.id !== askerId)
    .sort((a, b) => order(a.id, a.podId) - order(b.id, b.podId) || a.fullName.localeCompare(b.fullName, 'fr'))
    .map((advisor) => {
      const rank = own?.backups.indexOf(advisor.id) ?? -1;
      const until = absentUntil(advisor.id, now.getTime(), roster.absences);
      return {
        id: advisor.id,
        name: advisor.fullName,
        pod: pods.get(advisor.podId) ?? '',
        rank: rank >= 0 ? rank + 1 : null,
        awayUntil: until === null ? null : new Date(until),
      };
    });
}

/** In whose place an advisor answers now, and who answers in theirs. */
export function standIns(
  roster: Roster,
  advisorId: string,
  now: Date,
): { standsInFor: { name: string; until: Date }[]; standIn: { name: string; until: Date } | null } {
  const away = new Set(
    roster.absences
      .filter((each) => each.from <= now.getTime() && now.getTime() < each.to)
      .map((each) => each.advisorId),
  );
  const standsInFor = [...away].flatMap((id) => {
    const cover = awayNow(roster, id, now);
    return cover?.cover.id === advisorId ? [{ name: roster.advisors.get(id)?.name ?? '', until: cover.until }] : [];
  });
  const mine = away.has(advisorId) ? awayNow(roster, advisorId, now) : null;
  return { standsInFor, standIn: mine && { name: mine.cover.name, until: mine.until } };
}
