import type { House } from '../house.ts';
import type { Tx } from '../tx.ts';
import { customerLink } from './customer-links.ts';
import { makeOneTimeLink } from './one-time-links.ts';

const roles = ['administrator', 'lead', 'advisor', 'moderator'] as const;
const kinds = ['household', 'town_hall'] as const;
const VALID_HOURS = 24;

export interface DemoLink {
  /** Role of the staff, or kind of customer. */
  who: (typeof roles)[number] | (typeof kinds)[number];
  name: string;
  link: string;
}

/** One-time sign-in links into the demo, one for each role, one as a household and one as a town hall. */
export async function demoSignInLinks({ transact }: Pick<House, 'transact'>): Promise<DemoLink[]> {
  return transact(async (tx) => {
    const links: DemoLink[] = [];
    for (const role of roles) links.push(...(await staffLink(tx, role)));
    for (const kind of kinds) links.push(...(await demoCustomerLink(tx, kind)));
    return links;
  });
}

async function staffLink(tx: Tx, role: (typeof roles)[number]): Promise<DemoLink[]> {
  const staff = await tx.db
    .selectFrom('staff')
    .where('demo', '=', true)
    .where('role', '=', role)
    .where('leftAt', 'is', null)
    .select(['id', 'name', 'locale'])
    // The generator gives the one to look over the shoulder of the oldest account.
    .orderBy('createdAt')
    .orderBy('id')
    .executeTakeFirst();
  if (!staff) return [];
  const token = await makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: staff.id, validForHours: VALID_HOURS });
  return [{ who: role, name: staff.name, link: `${tx.origin}/${staff.locale}/staff/enter/${token}` }];
}

async function demoCustomerLink(tx: Tx, kind: (typeof kinds)[number]): Promise<DemoLink[]> {
  // Somebody with something to see: the customer of this kind who wrote or was written to last.
  const customer = await tx.db
    .selectFrom('customer')
    .leftJoin('caseFile', 'caseFile.customerId', 'customer.id')
    .where('customer.demo', '=', true)
    .where('customer.kind', '=', kind)
    .select(['customer.id', 'customer.name', 'customer.locale'])
    .orderBy('caseFile.lastAt', (order) => order.desc().nullsLast())
    .orderBy('customer.id')
    .limit(1)
    .executeTakeFirst();
  if (!customer) return [];
  return [
    { who: kind, name: customer.name, link: await customerLink(tx, { customerId: customer.id }, customer.locale) },
  ];
}
