import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { dealToSectors, readStreets } from '../../core/caseloads/streets.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { cutIntoSectors } from '../areas/add.ts';
import { newId } from '../id.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

export interface SectorAsked {
  name: string;
  advisorId: string;
  /** Streets as they were typed; a sector without any takes its part of the rest. */
  streets: string;
}

export interface CutAsked {
  communeInsee: string;
  sectors: readonly SectorAsked[];
}

/** What a cut would do, sector by sector: nobody changes advisor before a plan is applied. */
export interface CutPreview {
  sectors: {
    name: string;
    advisorId: string;
    customers: number;
    changes: { fromAdvisorId: string; customers: number }[];
  }[];
}

interface Resident {
  id: string;
  address: string | null;
  advisorId: string;
  pinned: boolean;
}

/** Who would live in which sector, and who of them would change advisor, from whom. Writes nothing. */
export async function previewCut(db: Kysely<DB>, { communeInsee, sectors }: CutAsked): Promise<CutPreview> {
  const residents = await residentsOf(db, communeInsee);
  const dealt = deal(residents, sectors);
  return {
    sectors: sectors.map(({ name, advisorId }, index) => {
      const own = residents.filter((_, place) => dealt[place] === index);
      const changes = new Map<string, number>();
      for (const each of own)
        if (changesTo(each, advisorId)) changes.set(each.advisorId, (changes.get(each.advisorId) ?? 0) + 1);
      const lines = [...changes].map(([fromAdvisorId, customers]) => ({ fromAdvisorId, customers }));
      return { name: name.trim(), advisorId, customers: own.length, changes: lines };
    }),
  };
}

type CutRefused = Exclude<Awaited<ReturnType<typeof cutIntoSectors>>, { ok: true }>['why'];

export type CommuneCut =
  /** `planId`: the plan, ready to be applied, that brings customers to their sector's advisor; null when nobody changes. */
  { ok: true; planId: string | null; changes: number } | { ok: false; why: CutRefused };

/**
 * Cuts a whole commune into sectors and puts every customer into one. All keep their advisor: whom the cut would give
 * another is on a plan, which a lead applies with a handover and introductions, or not.
 */
export async function cutCommune(tx: Tx, actor: Actor, asked: CutAsked): Promise<CommuneCut> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const area = await wholeArea(tx, asked.communeInsee);
  if (!area) return { ok: false, why: 'unknown_area' };
  const cut = await cutIntoSectors(tx, actor, { areaId: area, sectors: asked.sectors });
  if (!cut.ok) return cut;
  const residents = await residentsOf(tx.db, asked.communeInsee);
  const dealt = deal(residents, asked.sectors);
  for (const [index, areaId] of cut.areaIds.entries()) {
    const ids = residents.filter((_, place) => dealt[place] === index).map(({ id }) => id);
    await sql`update customer set area_id = ${areaId} where id = any(${ids}::uuid[]) and area_id <> ${areaId}`.execute(
      tx.db,
    );
  }
  const moves = residents.flatMap((each, place) => {
    const toAdvisorId = asked.sectors[dealt[place] ?? 0]?.advisorId ?? each.advisorId;
    return changesTo(each, toAdvisorId) ? [{ customerId: each.id, fromAdvisorId: each.advisorId, toAdvisorId }] : [];
  });
  await recordChange(tx, actor, {
    action: 'cut commune',
    event: 'area.residents_dealt',
    facts: {
      insee: asked.communeInsee,
      sectors: cut.areaIds.length,
      customers: residents.length,
      changes: moves.length,
    },
  });
  return { ok: true, planId: moves.length > 0 ? await keepPlan(tx, actor, moves) : null, changes: moves.length };
}

/** Pinned customers stay with whom they are. */
function changesTo({ advisorId, pinned }: Resident, toAdvisorId: string): boolean {
  return !pinned && advisorId !== toAdvisorId;
}

function deal(residents: readonly Resident[], sectors: readonly SectorAsked[]): number[] {
  return dealToSectors(
    residents,
    sectors.map(({ streets }) => readStreets(streets)),
  );
}

/** Customers of a commune with their first postal address, and whether they are pinned to their advisor. */
async function residentsOf(db: Kysely<DB>, communeInsee: string): Promise<Resident[]> {
  const { rows } = await sql<Resident>`
    select customer.id, customer.advisor_id as "advisorId", pin.customer_id is not null as pinned, address.value as address
    from customer join area on area.id = customer.area_id and area.commune_insee = ${communeInsee}
    left join caseload_pin pin on pin.customer_id = customer.id
    left join lateral (select value from contact_point
      where customer_id = customer.id and kind = 'postal' order by id limit 1) address on true
    where erased_at is null order by customer.id`.execute(db);
  return rows;
}

async function wholeArea({ db }: Tx, communeInsee: string): Promise<string | undefined> {
  const area = await db.selectFrom('area').where('communeInsee', '=', communeInsee).select('id').executeTakeFirst();
  return area?.id;
}

const AT_ONCE = 2000;

async function keepPlan(
  tx: Tx,
  actor: Actor,
  moves: readonly { customerId: string; fromAdvisorId: string; toAdvisorId: string }[],
): Promise<string> {
  const id = newId();
  const plan = { id, kind: 'sectors' as const, askedAt: tx.now, askedBy: staffIdOf(actor), state: 'ready' as const };
  await tx.db.insertInto('caseloadPlan').values(plan).execute();
  for (let from = 0; from < moves.length; from += AT_ONCE)
    await tx.db
      .insertInto('caseloadMove')
      .values(moves.slice(from, from + AT_ONCE).map((move) => ({ planId: id, ...move })))
      .execute();
  return id;
}
