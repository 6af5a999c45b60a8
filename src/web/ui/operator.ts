import type { Selectable } from 'kysely';
import type { House } from '../../desk/house.ts';
import type { Operator } from '../../desk/tables.ts';

/** The operator as pages show it. */
export type ShownOperator = Pick<
  Selectable<Operator>,
  'name' | 'phone' | 'mailDomain' | 'contactMail' | 'accent' | 'timeZone' | 'locale' | 'demo'
>;

/** What pages show before anybody has entered the operator. */
const nobodyYet: ShownOperator = {
  name: 'Visavis',
  phone: '',
  mailDomain: '',
  contactMail: '',
  accent: '#1d4e5f',
  timeZone: 'Europe/Paris',
  locale: 'fr',
  demo: false,
};

const remembered = new WeakMap<House, { operator: ShownOperator; at: number }>();
const freshForMs = 5_000;

/** The operator, read at most every five seconds; the last one known while the database is away. */
export async function readOperator(house: House): Promise<ShownOperator> {
  const last = remembered.get(house);
  const now = house.clock().getTime();
  if (last && Math.abs(now - last.at) < freshForMs) return last.operator;
  try {
    const found = await house.db
      .selectFrom('operator')
      .select(['name', 'phone', 'mailDomain', 'contactMail', 'accent', 'timeZone', 'locale', 'demo'])
      .executeTakeFirst();
    const operator = found ?? nobodyYet;
    remembered.set(house, { operator, at: now });
    return operator;
  } catch (error) {
    if (last) return last.operator;
    throw error;
  }
}

/** The last operator known, without asking the database: for pages of failure. */
export function lastOperator(house: House): ShownOperator {
  return remembered.get(house)?.operator ?? nobodyYet;
}
