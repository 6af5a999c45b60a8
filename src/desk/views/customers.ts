import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';
import { PAGE, type Page, type Place, pageOf } from './page.ts';

export interface ListedCustomer {
  id: string;
  kind: 'household' | 'business' | 'town_hall';
  name: string;
  reference: string;
  commune: { insee: string; name: string };
  advisorId: string;
  createdAt: Date;
}

/** Customers, newest first, of one advisor or one commune if asked; `before` is the place the previous page ended at. */
export async function listCustomers(
  db: Kysely<DB>,
  asked: { advisorId?: string; commune?: string },
  before?: Place,
): Promise<Page<ListedCustomer>> {
  const { advisorId, commune } = asked;
  const rows = await db
    .selectFrom('customer')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .where('customer.erasedAt', 'is', null)
    .$if(advisorId !== undefined, (query) => query.where('customer.advisorId', '=', advisorId ?? ''))
    .$if(commune !== undefined, (query) => query.where('area.communeInsee', '=', commune ?? ''))
    .$if(before !== undefined, (query) =>
      query.where(
        sql<boolean>`(date_trunc('milliseconds', customer.created_at), customer.id) < (${before?.at}, ${before?.id})`,
      ),
    )
    .select(['customer.id', 'customer.kind', 'customer.name', 'customer.reference', 'customer.advisorId', 'createdAt'])
    .select(['commune.insee', 'commune.name as communeName'])
    .orderBy(sql`date_trunc('milliseconds', customer.created_at)`, 'desc')
    .orderBy('customer.id', 'desc')
    .limit(PAGE + 1)
    .execute();
  return pageOf(
    rows,
    (row) => ({ at: row.createdAt, id: row.id }),
    ({ insee, communeName, ...row }): ListedCustomer => ({ ...row, commune: { insee, name: communeName } }),
  );
}
