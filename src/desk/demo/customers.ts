import type { Insertable } from 'kysely';
import { ofName } from '../../core/text/french-names.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { insertAll } from './bulk.ts';
import { englishNames, familyNames, givenNames, streets, trades } from './names.ts';
import { fictionPhones, type Phones } from './phones.ts';
import { plain } from './staff.ts';
import { days, type MadeArea, type MadeCustomer, type Making } from './world.ts';

interface Rows {
  customers: Insertable<DB['customer']>[];
  people: Insertable<DB['person']>[];
  points: Insertable<DB['contactPoint']>[];
  lines: Insertable<DB['line']>[];
}

/** Households and businesses where people live, and the town halls, at most two for five of these. */
export async function makeCustomers(
  tx: Tx,
  making: Making,
  areas: readonly MadeArea[],
  count: number,
): Promise<MadeCustomer[]> {
  const rows: Rows = { customers: [], people: [], points: [], lines: [] };
  const phones = fictionPhones();
  const where = byWeight(making, areas);
  const ordinary = Array.from({ length: count }, () =>
    making.dice.chance(0.08) ? business(making, where(), phones, rows) : household(making, where(), phones, rows),
  );
  const halls = [...areas]
    .filter((area) => area.first)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, Math.ceil(count * 0.4))
    .map((area) => townHall(making, area, phones, rows));
  await insertAll(tx, 'customer', rows.customers);
  await insertAll(tx, 'person', rows.people);
  await insertAll(tx, 'contactPoint', rows.points);
  await insertAll(tx, 'line', rows.lines);
  return [...ordinary, ...halls];
}

function household(making: Making, area: MadeArea, phones: Phones, rows: Rows): MadeCustomer {
  const { dice } = making;
  const locale = dice.chance(0.04) ? 'en' : 'fr';
  const family = dice.pick(familyNames);
  const given = dice.pick(locale === 'en' ? englishNames : givenNames);
  const other = dice.chance(0.25) ? dice.pick(locale === 'en' ? englishNames : givenNames) : null;
  const name =
    other && other !== given ? `${given} ${locale === 'en' ? 'and' : 'et'} ${other} ${family}` : `${given} ${family}`;
  const number = rows.customers.length + 1;
  return add(making, area, rows, {
    kind: 'household',
    name,
    locale,
    people: [{ given, family }, ...(other && other !== given ? [{ given: other, family }] : [])],
    phone: dice.chance(0.85) ? phones.mobile() : phones.fixed(),
    mail: dice.chance(0.75) ? `${plain(given)}.${plain(family)}${number}@example.org` : null,
    product: dice.pick([
      'Fibre 1 Gbit/s',
      'Fibre 1 Gbit/s',
      'Fibre 1 Gbit/s et téléphone',
      'Fibre 8 Gbit/s',
      'Radio 100 Mbit/s',
    ]),
    level: dice.chance(0.01) ? 'critical' : 'standard',
  });
}

function business(making: Making, area: MadeArea, phones: Phones, rows: Rows): MadeCustomer {
  const { dice } = making;
  const family = dice.pick(familyNames);
  const name = `${dice.pick(trades)} ${family}`;
  return add(making, area, rows, {
    kind: 'business',
    name,
    locale: 'fr',
    people: [{ given: dice.pick(givenNames), family, role: dice.pick(['gérance', 'comptabilité', 'direction']) }],
    phone: phones.fixed(),
    mail: `contact@${plain(name)}-${rows.customers.length + 1}.example.com`,
    product: dice.pick(['Fibre Pro 1 Gbit/s', 'Fibre Pro 1 Gbit/s', 'Fibre dédiée 200 Mbit/s']),
    level: dice.chance(0.6) ? 'pro' : 'standard',
  });
}

function townHall(making: Making, area: MadeArea, phones: Phones, rows: Rows): MadeCustomer {
  return add(making, area, rows, {
    kind: 'town_hall',
    name: `Mairie ${ofName(area.commune)}`,
    locale: 'fr',
    people: [{ given: '', family: 'Secrétariat', role: 'secrétariat de mairie' }],
    phone: phones.fixed(),
    mail: `mairie-${area.insee}@example.org`,
    product: 'Fibre Pro 1 Gbit/s',
    level: 'standard',
  });
}

interface Plan {
  kind: MadeCustomer['kind'];
  name: string;
  locale: 'fr' | 'en';
  people: { given: string; family: string; role?: string }[];
  phone: string;
  mail: string | null;
  product: string;
  level: 'standard' | 'pro' | 'critical';
}

const answerWithin = { standard: 480, pro: 240, critical: 60 } as const;

function add({ dice, now }: Making, area: MadeArea, rows: Rows, plan: Plan): MadeCustomer {
  const number = rows.customers.length + 1;
  const createdAt = new Date(now.getTime() - days(dice.int(190, 1_800)) - dice.int(0, days(1)));
  const id = dice.id(createdAt);
  const street = `${dice.int(1, 88)} ${plan.kind === 'town_hall' ? 'place du Rendez-Vous' : dice.pick(streets)}`;
  const lineReference = `L${area.departement}${String(200_000 + number)}`;
  const people = plan.people.map((person) => ({
    id: dice.id(createdAt),
    customerId: id,
    givenName: person.given,
    familyName: person.family,
    role: person.role ?? null,
  }));
  const personId = people[0]!.id;
  const lineId = dice.id(createdAt);
  rows.customers.push({
    id,
    kind: plan.kind,
    name: plan.name,
    reference: `C${String(100_000 + number)}`,
    areaId: area.id,
    advisorId: area.advisorId,
    locale: plan.locale,
    ringBack: dice.chance(0.05) ? 'always' : 'ask',
    createdAt,
    demo: true,
  });
  rows.people.push(...people);
  const point = (kind: 'phone' | 'mail' | 'postal', value: string) =>
    rows.points.push({
      id: dice.id(createdAt),
      customerId: id,
      personId: kind === 'postal' ? null : personId,
      kind,
      value,
    });
  point('phone', plan.phone);
  if (plan.mail) point('mail', plan.mail);
  point('postal', `${plan.name}\n${street}\n${area.postcode} ${area.commune.toUpperCase()}`);
  rows.lines.push({
    id: lineId,
    customerId: id,
    reference: lineReference,
    product: plan.product,
    serviceLevel: plan.level,
  });
  return {
    id,
    kind: plan.kind,
    signs: plan.kind === 'household' ? `${plan.people[0]!.given} ${plan.people[0]!.family}` : plan.name,
    locale: plan.locale,
    advisorId: area.advisorId,
    commune: area.commune,
    street,
    lineId,
    lineReference,
    answerWithinMinutes: answerWithin[plan.level],
    personId,
    phone: plan.phone,
    mail: plan.mail,
    createdAt,
  };
}

/** Draws areas as often as people live there. */
function byWeight({ dice }: Making, areas: readonly MadeArea[]): () => MadeArea {
  let total = 0;
  const upTo = areas.map((area) => (total += Math.round(area.weight)));
  return () => {
    const drawn = dice.int(0, total - 1);
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > drawn) high = middle;
      else low = middle + 1;
    }
    return areas[low]!;
  };
}
