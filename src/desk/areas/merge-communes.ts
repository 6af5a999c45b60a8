import { sql } from 'kysely';
import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { type MergedArea, type Merger, readMergers } from '../views/mergers.ts';

export type Merged =
  | { ok: true; communes: number; areas: number; customers: number }
  | { ok: false; why: 'not_allowed' | 'nothing_merged' };

/**
 * Moves the areas of communes that became part of others to the communes of today; `intoInsee`: of that one only. Every
 * area and every customer keeps their advisor: an area becomes a sector with the name of the old commune. Where one
 * advisor had all of it from one office, it stays one area.
 */
export async function mergeCommunes(
  tx: Tx,
  actor: Actor,
  { intoInsee }: { intoInsee?: string | undefined } = {},
): Promise<Merged> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  // One at a time: two leads who press the button together would name the sectors twice.
  await sql`select pg_advisory_xact_lock(hashtext('merge communes'))`.execute(tx.db);
  const mergers = (await readMergers(tx.db)).filter((each) => intoInsee === undefined || each.intoInsee === intoInsee);
  if (mergers.length === 0) return { ok: false, why: 'nothing_merged' };
  const sum = { communes: 0, areas: 0, customers: 0 };
  for (const merger of mergers) {
    await moveAreas(tx, merger);
    await tx.db
      .updateTable('office')
      .set({ communeInsee: merger.intoInsee })
      .where('communeInsee', 'in', codesOf(merger))
      .execute();
    for (const { insee } of merger.from) {
      const own = merger.areas.filter(({ communeInsee }) => communeInsee === insee);
      const customers = own.reduce((all, area) => all + area.customers, 0);
      await note(tx, actor, { fromInsee: insee, intoInsee: merger.intoInsee, areas: own.length, customers });
      sum.communes += 1;
      sum.areas += own.length;
      sum.customers += customers;
    }
  }
  return { ok: true, ...sum };
}

const codesOf = ({ from }: Merger) => from.map(({ insee }) => insee);

/** Whether it becomes one undivided area: all of it was whole, of one advisor and one office. */
export function becomesOne({ areas: [first, ...others] }: Merger): boolean {
  const alike = (area: MergedArea) =>
    area.sector === null && area.advisorId === first?.advisorId && area.officeId === first.officeId;
  return first?.sector === null && others.every(alike);
}

/** The sector that each area becomes, in their order; null where all is one. */
export function sectorsOf(merger: Merger): (string | null)[] {
  if (becomesOne(merger)) return merger.areas.map(() => null);
  const taken = new Set<string>();
  return merger.areas.map(({ communeInsee, communeName, sector }) => {
    const own = communeInsee === merger.intoInsee && sector !== null;
    const name = own ? sector : [communeName, sector].filter(Boolean).join(', ');
    let free = name;
    for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${name} ${count}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

async function moveAreas(tx: Tx, merger: Merger): Promise<void> {
  const sectors = sectorsOf(merger);
  const [kept, ...others] = merger.areas;
  if (kept && becomesOne(merger)) {
    for (const { id } of others) {
      await tx.db.updateTable('customer').set({ areaId: kept.id }).where('areaId', '=', id).execute();
      await tx.db.updateTable('caseloadNewArea').set({ areaId: kept.id }).where('areaId', '=', id).execute();
      await tx.db.deleteFrom('area').where('id', '=', id).execute();
    }
    await tx.db.updateTable('area').set({ communeInsee: merger.intoInsee }).where('id', '=', kept.id).execute();
    return;
  }
  // Its own areas stand first, so that a whole one has its name before others come.
  for (const [index, { id }] of merger.areas.entries())
    await tx.db
      .updateTable('area')
      .set({ communeInsee: merger.intoInsee, sector: sectors[index] ?? null })
      .where('id', '=', id)
      .execute();
}

async function note(
  tx: Tx,
  actor: Actor,
  merger: { fromInsee: string; intoInsee: string; areas: number; customers: number },
): Promise<void> {
  await tx.db
    .insertInto('communeMerger')
    .values({ id: newId(), at: tx.now, byStaff: staffIdOf(actor), ...merger })
    .execute();
  await recordChange(tx, actor, { action: 'merge communes', event: 'area.communes_merged', facts: merger });
}
