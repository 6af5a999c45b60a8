import type { Selectable } from 'kysely';
import type { House } from '../../desk/house.ts';
import { logoKey } from '../../desk/settings/change-look.ts';
import type { Operator } from '../../desk/tables.ts';

/** The operator as pages show it. */
export type ShownOperator = Pick<
  Selectable<Operator>,
  'name' | 'phone' | 'mailDomain' | 'contactMail' | 'accent' | 'timeZone' | 'locale' | 'demo'
> & {
  /** Part of its address, and pixels wide at a height of 32; null without one. */
  logo: { key: string; width: number } | null;
};

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
  logo: null,
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
      .select([
        'name',
        'phone',
        'mailDomain',
        'contactMail',
        'accent',
        'timeZone',
        'locale',
        'demo',
        'logo',
        'logoWidth',
      ])
      .executeTakeFirst();
    const operator = found ? shown(found) : nobodyYet;
    remembered.set(house, { operator, at: now });
    return operator;
  } catch (error) {
    if (last) return last.operator;
    throw error;
  }
}

type Stored = Omit<ShownOperator, 'logo'> & Pick<Selectable<Operator>, 'logo' | 'logoWidth'>;

function shown({ logo, logoWidth, ...operator }: Stored): ShownOperator {
  return { ...operator, logo: logo && { key: logoKey(logo), width: logoWidth } };
}

/** Reads it anew next time: somebody has just changed it. Other processes follow within five seconds. */
export function forgetOperator(house: House): void {
  const last = remembered.get(house);
  if (last) remembered.set(house, { ...last, at: Number.NEGATIVE_INFINITY });
}

/** The last operator known, without asking the database: for pages of failure. */
export function lastOperator(house: House): ShownOperator {
  return remembered.get(house)?.operator ?? nobodyYet;
}
