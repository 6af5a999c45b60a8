import { newId } from '../src/desk/id.ts';
import type { Tx } from '../src/desk/tx.ts';
import type { TestDatabase } from './database.ts';

const weekdays = [
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '18:00' },
];
/** Monday to Friday, 8:30 to 12 and 13 to 18. */
export const officeHours = { 1: weekdays, 2: weekdays, 3: weekdays, 4: weekdays, 5: weekdays, 6: [], 7: [] };

/** A small operator: one office in Saint-Claude, four advisors who back each other up, one area. */
export interface World {
  officeId: string;
  podId: string;
  areaId: string;
  /** Ana (in charge), Bruno (first backup), Chloe (second backup), Lea (lead). */
  ana: string;
  bruno: string;
  chloe: string;
  lea: string;
  staff: { ana: string; bruno: string; chloe: string; lea: string };
}

const people = [
  ['ana', 'Ana', 'Perrin', 'advisor'],
  ['bruno', 'Bruno', 'Cattin', 'advisor'],
  ['chloe', 'Chloé', 'Vuillemin', 'advisor'],
  ['lea', 'Léa', 'Marandet', 'lead'],
] as const;

/** Builds the small operator, with everything the database insists on. */
export async function buildWorld(db: TestDatabase): Promise<World> {
  return db.transact(async (tx) => {
    await tx.db
      .insertInto('operator')
      .values({
        name: 'Régie du Haut-Jura',
        phone: '+33353010000',
        mailDomain: 'regie.example.org',
        contactMail: 'contact@regie.example.org',
      })
      .execute();
    const officeId = newId();
    await tx.db
      .insertInto('office')
      .values({
        id: officeId,
        name: 'Saint-Claude',
        communeInsee: '39478',
        street: '1 rue du Pré',
        postcode: '39200',
        openingHours: JSON.stringify(officeHours),
      })
      .execute();
    const podId = newId();
    await tx.db.insertInto('pod').values({ id: podId, officeId, name: 'Haut-Jura' }).execute();
    const ids = await addPeople(tx, podId);
    const areaId = newId();
    await tx.db
      .insertInto('area')
      .values({ id: areaId, communeInsee: '39478', officeId, advisorId: ids.ana.advisorId })
      .execute();
    return {
      officeId,
      podId,
      areaId,
      ana: ids.ana.advisorId,
      bruno: ids.bruno.advisorId,
      chloe: ids.chloe.advisorId,
      lea: ids.lea.advisorId,
      staff: { ana: ids.ana.staffId, bruno: ids.bruno.staffId, chloe: ids.chloe.staffId, lea: ids.lea.staffId },
    };
  });
}

type Ids = Record<(typeof people)[number][0], { advisorId: string; staffId: string }>;

async function addPeople(tx: Tx, podId: string): Promise<Ids> {
  const entries = people.map(([key, givenName, familyName, role], index) => ({
    key,
    givenName,
    familyName,
    role,
    index,
    advisorId: newId(),
    staffId: newId(),
  }));
  await tx.db
    .insertInto('advisor')
    .values(
      entries.map(({ key, givenName, familyName, index, advisorId }) => ({
        id: advisorId,
        podId,
        givenName,
        familyName,
        phone: `+3335301001${index}`,
        mail: `${key}@regie.example.org`,
        workingHours: JSON.stringify(officeHours),
        joinedAt: new Date('2020-01-01T08:00:00Z'),
      })),
    )
    .execute();
  await tx.db
    .insertInto('staff')
    .values(
      entries.map(({ key, givenName, familyName, role, advisorId, staffId }) => ({
        id: staffId,
        name: `${givenName} ${familyName}`,
        email: `${key}@regie.example.org`,
        role,
        advisorId,
      })),
    )
    .execute();
  const backups = entries.flatMap(({ advisorId, index }) =>
    [1, 2].map((rank) => ({
      advisorId,
      rank,
      backupAdvisorId: entries[(index + rank) % entries.length]?.advisorId ?? '',
    })),
  );
  await tx.db.insertInto('backup').values(backups).execute();
  return Object.fromEntries(entries.map((entry) => [entry.key, entry])) as unknown as Ids;
}

/** How many there are, by database: a file is given the same names and numbers whichever ran before it. */
const customersOf = new WeakMap<TestDatabase, number>();

/** A household of the area with one mail address, one phone and one line; every part can be chosen. */
export async function addTestCustomer(
  db: TestDatabase,
  world: World,
  given: Partial<{
    name: string;
    kind: 'household' | 'business' | 'town_hall';
    mail: string;
    phone: string;
    serviceLevel: string;
    advisorId: string;
    locale: 'fr' | 'en';
  }> = {},
): Promise<{ id: string; mail: string; phone: string; lineReference: string }> {
  const customers = (customersOf.get(db) ?? 0) + 1;
  customersOf.set(db, customers);
  const id = newId();
  const mail = given.mail ?? `customer${customers}@example.org`;
  const phone = given.phone ?? `+3363998${String(customers).padStart(4, '0')}`;
  const lineReference = `L${String(customers).padStart(6, '0')}`;
  await db.transact(async (tx) => {
    await tx.db
      .insertInto('customer')
      .values({
        id,
        kind: given.kind ?? 'household',
        name: given.name ?? `Famille ${customers}`,
        reference: `V${customers}`,
        areaId: world.areaId,
        advisorId: given.advisorId ?? world.ana,
        locale: given.locale ?? 'fr',
        createdAt: new Date('2024-01-01T08:00:00Z'),
      })
      .execute();
    await tx.db
      .insertInto('contactPoint')
      .values([
        { id: newId(), customerId: id, kind: 'mail', value: mail },
        { id: newId(), customerId: id, kind: 'phone', value: phone },
      ])
      .execute();
    await tx.db
      .insertInto('line')
      .values({
        id: newId(),
        customerId: id,
        reference: lineReference,
        product: 'Fibre',
        serviceLevel: given.serviceLevel ?? 'standard',
      })
      .execute();
  });
  return { id, mail, phone, lineReference };
}
