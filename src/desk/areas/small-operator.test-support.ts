import { CLOSED_WEEK, type WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import { system } from '../actor.ts';
import { addAdvisor } from '../advisors/add.ts';
import { setBackups } from '../advisors/backups.ts';
import { addCustomer } from '../customers/add.ts';
import type { Transact } from '../tx.ts';
import { addArea, addOffice, addPod } from './add.ts';

const day = [{ from: '09:00', to: '18:00' }];
export const everyWeekday: WeeklyHours = { ...CLOSED_WEEK, 1: day, 2: day, 3: day, 4: day, 5: day };

export interface SmallOperator {
  officeId: string;
  podId: string;
  /** Three advisors, each a backup of the others: Ada, Bea, Cyr. */
  ada: string;
  bea: string;
  cyr: string;
  /** Area of Ornans, Ada's. */
  ornans: string;
}

/** A real operator of three advisors in Ornans, made with the commands themselves. */
export async function smallOperator(transact: Transact): Promise<SmallOperator> {
  return transact(async (tx) => {
    await tx.db
      .insertInto('operator')
      .values({
        name: 'Régie du Lac',
        phone: '+33353010000',
        mailDomain: 'lac.example.org',
        contactMail: 'contact@lac.example.org',
      })
      .execute();
    const office = sure(
      await addOffice(tx, system, {
        name: 'Ornans',
        communeInsee: '25434',
        street: '1 rue du Fil-Tendu',
        postcode: '25290',
        openingHours: everyWeekday,
      }),
    );
    const pod = sure(await addPod(tx, system, { officeId: office.id, name: 'Loue' }));
    const add = async (givenName: string, familyName: string, number: number, backups: string[]) =>
      sure(
        await addAdvisor(tx, system, {
          podId: pod.id,
          givenName,
          familyName,
          phone: `03 53 01 00 0${number}`,
          mail: `${givenName}@lac.example.org`,
          workingHours: everyWeekday,
          backups,
        }),
      ).id;
    const ada = await add('Ada', 'Bredelois', 1, []);
    const bea = await add('Bea', 'Charmirey', 2, [ada]);
    const cyr = await add('Cyr', 'Daguemey', 3, [ada, bea]);
    sure(await setBackups(tx, system, { advisorId: ada, backups: [bea, cyr] }));
    sure(await setBackups(tx, system, { advisorId: bea, backups: [cyr, ada] }));
    const ornans = sure(await addArea(tx, system, { communeInsee: '25434', officeId: office.id, advisorId: ada }));
    return { officeId: office.id, podId: pod.id, ada, bea, cyr, ornans: ornans.id };
  });
}

/** A household of Ornans, hence Ada's, with a mail address. */
export async function householdOfAda(
  transact: Transact,
  name = 'Colette Maiquenay',
  mail = 'colette@example.org',
): Promise<string> {
  const added = await transact((tx) =>
    addCustomer(tx, system, { kind: 'household', name, commune: 'Ornans', mails: [mail] }),
  );
  return sure(added).id;
}

function sure<Result extends { ok: boolean }>(result: Result): Extract<Result, { ok: true }> {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result as Extract<Result, { ok: true }>;
}
