import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';
import type { Share } from './shares.ts';

interface Moves {
  customers: { customerId: string; fromAdvisorId: string; toAdvisorId: string }[];
  areas: { areaId: string; fromAdvisorId: string; toAdvisorId: string }[];
}

/**
 * Which customers and areas move. Where an area is shared out, neighbours stay together: customers follow each other by
 * street and number. An area goes to whoever gets most of it when its advisor keeps nothing there.
 */
export async function movesToMake(db: Kysely<DB>, shares: readonly Share[]): Promise<Moves> {
  const customers = await customersOf(db, shares);
  return {
    customers: shares.flatMap((share) => dealtOut(share, customers.get(`${share.areaId}:${share.advisorId}`) ?? [])),
    areas: await areasOf(db, shares),
  };
}

/** Customers who may move, by area and advisor, along their streets. */
async function customersOf(db: Kysely<DB>, shares: readonly Share[]): Promise<Map<string, string[]>> {
  const leavers = [...new Set(shares.filter(({ leaves }) => leaves).map(({ advisorId }) => advisorId))];
  const { rows } = await sql<{ id: string; areaId: string; advisorId: string }>`
    select customer.id, area_id as "areaId", advisor_id as "advisorId"
    from customer
    left join lateral (select lower(value) as value from contact_point
      where customer_id = customer.id and kind = 'postal' order by id limit 1) address on true
    where erased_at is null and area_id = any(${shares.map(({ areaId }) => areaId)}::uuid[])
      and (advisor_id = any(${leavers}::uuid[]) or not exists (select from caseload_pin where customer_id = customer.id))
    order by regexp_replace(address.value, '^[0-9]+ *(bis|ter|quater)?[ ,]*', ''),
      (substring(address.value from '^[0-9]{1,6}'))::int, customer.id`.execute(db);
  const found = new Map<string, string[]>();
  for (const { id, areaId, advisorId } of rows) {
    const key = `${areaId}:${advisorId}`;
    const ids = found.get(key);
    if (ids) ids.push(id);
    else found.set(key, [id]);
  }
  return found;
}

/** Whoever came since the proposal was made goes with the last part. */
function dealtOut({ advisorId, parts }: Share, customers: readonly string[]): Moves['customers'] {
  let from = 0;
  return parts.flatMap(({ toAdvisorId, customers: count }, index) => {
    const until = index === parts.length - 1 ? customers.length : from + count;
    const own = customers.slice(from, until);
    from = until;
    if (toAdvisorId === advisorId) return [];
    return own.map((customerId) => ({ customerId, fromAdvisorId: advisorId, toAdvisorId }));
  });
}

async function areasOf(db: Kysely<DB>, shares: readonly Share[]): Promise<Moves['areas']> {
  const areas = await db.selectFrom('area').select(['id', 'advisorId']).execute();
  return areas.flatMap(({ id, advisorId }) => {
    const share = shares.find((each) => each.areaId === id && each.advisorId === advisorId);
    if (!share || share.parts.some((part) => part.toAdvisorId === advisorId)) return [];
    const most = share.parts.reduce((best, part) => (part.customers > best.customers ? part : best));
    return [{ areaId: id, fromAdvisorId: advisorId, toAdvisorId: most.toAdvisorId }];
  });
}
