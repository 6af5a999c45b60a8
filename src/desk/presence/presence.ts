import { sql } from 'kysely';
import type { House } from '../house.ts';

export interface PresentColleague {
  staffId: string;
  name: string;
  doing: 'looks' | 'writes';
}

/** A page says it is there every ten seconds; after three silent turns it is gone. */
const GONE_AFTER_MS = 30_000;

/** Says that this member of staff looks at a customer or writes to them, and returns the colleagues who do too. */
export async function bePresent(
  house: Pick<House, 'db' | 'clock'>,
  staffId: string,
  customerId: string,
  doing: 'looks' | 'writes',
): Promise<PresentColleague[]> {
  const at = house.clock();
  await house.db
    .insertInto('presence')
    .columns(['staffId', 'customerId', 'doing', 'at'])
    .expression((eb) =>
      eb
        .selectFrom('customer')
        .where('id', '=', customerId)
        .select((select) => [
          select.val(staffId).$castTo<string>().as('staffId'),
          'id as customerId',
          sql<string>`${doing}`.as('doing'),
          sql<Date>`${at}::timestamptz`.as('at'),
        ]),
    )
    .onConflict((conflict) => conflict.columns(['customerId', 'staffId']).doUpdateSet({ doing, at }))
    .execute();
  return colleaguesPresent(house, staffId, customerId);
}

/** Leaves the page: the others see it at their next turn. */
export async function leave(house: Pick<House, 'db'>, staffId: string, customerId: string): Promise<void> {
  await house.db.deleteFrom('presence').where('staffId', '=', staffId).where('customerId', '=', customerId).execute();
}

function colleaguesPresent(
  { db, clock }: Pick<House, 'db' | 'clock'>,
  staffId: string,
  customerId: string,
): Promise<PresentColleague[]> {
  return db
    .selectFrom('presence')
    .innerJoin('staff', 'staff.id', 'presence.staffId')
    .where('presence.customerId', '=', customerId)
    .where('presence.staffId', '!=', staffId)
    .where('presence.at', '>', new Date(clock().getTime() - GONE_AFTER_MS))
    .select(['presence.staffId', 'staff.name', 'presence.doing'])
    .orderBy('staff.name')
    .$castTo<PresentColleague>()
    .execute();
}
