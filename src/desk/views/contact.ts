import type { Kysely } from 'kysely';
import { isOpen, nextOpening } from '../../core/calendar/calendar.ts';
import { type FoundCommune, findCommunes, type WhereAsked } from '../areas/find-communes.ts';
import type { DB } from '../tables.ts';
import { type AdvisorCard, readAdvisorCard } from './advisor-card.ts';
import { NotSetUp, readRoster } from './roster.ts';

/** One area of a commune and the person who serves it. */
export interface ContactArea {
  id: string;
  /** Null when the area is the whole commune. */
  sector: string | null;
  advisor: AdvisorCard & { presence: Presence };
}

/** Whether the person can be reached right now, else from when on. */
export interface Presence {
  now: boolean;
  nextAt: Date;
}

export interface ContactCommune extends FoundCommune {
  /** Empty when the operator does not serve this commune. */
  areas: ContactArea[];
}

export type FoundContact =
  /** At least one commune; those the operator serves come first and, if there are any, alone. */
  | { kind: 'found'; communes: ContactCommune[]; suggestions: FoundCommune[] }
  /** Nothing by that name or code; communes that sound like it, those served first. */
  | { kind: 'unknown'; suggestions: FoundCommune[] }
  | { kind: 'nothing_asked' };

/** Who serves a commune, found by postcode, INSEE code or name: the persons, sector by sector, and their backups. */
export async function findContact(db: Kysely<DB>, now: Date, asked: WhereAsked): Promise<FoundContact> {
  const found = await findCommunes(db, asked);
  if (found.kind !== 'found') return found;
  const areas = await areasOf(db, now, found.communes);
  const communes = found.communes.map((commune) => ({ ...commune, areas: areas.get(commune.insee) ?? [] }));
  const served = communes.filter((commune) => commune.areas.length > 0);
  if (served.length === 0) return { kind: 'found', communes, suggestions: [] };
  return { kind: 'found', communes: served, suggestions: found.communes.filter((commune) => !commune.served) };
}

async function areasOf(
  db: Kysely<DB>,
  now: Date,
  communes: readonly FoundCommune[],
): Promise<Map<string, ContactArea[]>> {
  const rows = await db
    .selectFrom('area')
    .where(
      'communeInsee',
      'in',
      communes.map((commune) => commune.insee),
    )
    .select(['id', 'communeInsee', 'sector', 'advisorId'])
    .orderBy('sector')
    .execute();
  const people = await cardsOf(db, now, [...new Set(rows.map((row) => row.advisorId))]);
  const areas = new Map<string, ContactArea[]>();
  for (const { id, communeInsee, sector, advisorId } of rows) {
    const advisor = people.get(advisorId);
    if (advisor) areas.set(communeInsee, [...(areas.get(communeInsee) ?? []), { id, sector, advisor }]);
  }
  return areas;
}

async function cardsOf(
  db: Kysely<DB>,
  now: Date,
  ids: readonly string[],
): Promise<Map<string, ContactArea['advisor']>> {
  const cards = new Map<string, ContactArea['advisor']>();
  const read = await Promise.all(
    ids.map(async (id) => {
      const [card, presence] = await Promise.all([readAdvisorCard(db, now, id), presenceOf(db, now, id)]);
      return card && { ...card, presence };
    }),
  );
  for (const card of read) if (card) cards.set(card.id, card);
  return cards;
}

/** At work and not absent; else when they next are. */
export async function presenceOf(db: Kysely<DB>, now: Date, id: string): Promise<Presence> {
  const roster = await readRoster(db, now).catch((error: unknown) => {
    if (error instanceof NotSetUp) return undefined;
    throw error;
  });
  const hours = roster?.advisors.get(id)?.workingHours;
  if (!roster || !hours) return { now: false, nextAt: now };
  let at = now.getTime();
  // Absences that follow each other, each over at the next look.
  for (const absence of [...roster.absences].sort((a, b) => a.from - b.from)) {
    const next = nextOpening(hours, at);
    if (absence.advisorId === id && absence.from <= next && next < absence.to) at = absence.to;
  }
  return { now: at === now.getTime() && isOpen(hours, at), nextAt: new Date(nextOpening(hours, at)) };
}
