import type { Kysely } from 'kysely';
import { holidaysAround } from '../areas/holidays.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { insertAll } from './bulk.ts';
import { makeCustomers } from './customers.ts';
import { throwDice } from './dice.ts';
import type { HistoryRows } from './matter.ts';
import { tellPast } from './past.ts';
import { makePermanences } from './permanences.ts';
import { makePosts } from './posts.ts';
import { tellPresent } from './present.ts';
import { demoMailDomain, makeStaff, placeOf } from './staff.ts';
import { demoSignIn } from './staff-list.ts';
import { makeAreas, makeOffices, officeHours } from './territory.ts';
import { makeTray } from './tray.ts';
import type { Making } from './world.ts';

export interface DemoSize {
  now: Date;
  seed: number;
  /** Households and businesses; town halls come on top, at most two for five of these. Default 3,000. */
  customers?: number;
}

export interface Planted {
  offices: number;
  advisors: number;
  areas: number;
  customers: number;
  caseFiles: number;
  interactions: number;
}

/** True while nobody has set anything up: no operator, no advisor, no customer. */
export async function isEmpty(db: Kysely<DB>): Promise<boolean> {
  const found = await Promise.all([
    db.selectFrom('operator').select('onlyRow').executeTakeFirst(),
    db.selectFrom('advisor').select('id').limit(1).executeTakeFirst(),
    db.selectFrom('customer').select('id').limit(1).executeTakeFirst(),
  ]);
  return found.every((row) => row === undefined);
}

/**
 * Plants the demo territory, Doubs and Jura, with half a year of history before `now`. The same seed makes the same
 * people. The database must be empty (`isEmpty`); everything is marked as demo and goes with `removeDemo`.
 */
export async function plantDemo(tx: Tx, { now, seed, customers: count = 3_000 }: DemoSize): Promise<Planted> {
  const making: Making = {
    now,
    dice: throwDice(seed),
    calendar: { timeZone: 'Europe/Paris', hours: officeHours, holidays: holidaysAround('FR', now) },
  };
  await makeOperator(tx);
  const offices = await makeOffices(tx, making);
  const advisors = await makeStaff(tx, making, offices);
  const areas = await makeAreas(tx, making, offices, advisors);
  const customers = await makeCustomers(tx, making, areas, count);
  const past = tellPast(making, customers, new Map(advisors.map((advisor) => [advisor.id, advisor])));
  const present = await tellPresent(tx, making, customers, advisors);
  for (const rows of [past, present]) await insertHistory(tx, rows);
  await makeTray(tx, making, customers, advisors[placeOf(demoSignIn.lead)]!);
  await makePosts(tx, making, advisors);
  await makePermanences(tx, making, advisors, areas);
  return {
    offices: offices.size,
    advisors: advisors.length,
    areas: areas.length,
    customers: customers.length,
    caseFiles: past.caseFiles.length + present.caseFiles.length,
    interactions: past.interactions.length + present.interactions.length,
  };
}

async function makeOperator({ db }: Tx): Promise<void> {
  await db
    .insertInto('operator')
    .values({
      name: 'Fibre des Combes',
      phone: '+33353010000',
      mailDomain: demoMailDomain,
      contactMail: `contact@${demoMailDomain}`,
      demo: true,
    })
    .execute();
}

async function insertHistory(tx: Tx, rows: HistoryRows): Promise<void> {
  await insertAll(tx, 'caseFile', rows.caseFiles);
  await insertAll(tx, 'ownership', rows.ownerships);
  await insertAll(tx, 'commitment', rows.commitments);
  await insertAll(tx, 'interaction', rows.interactions);
  await insertAll(tx, 'note', rows.notes);
  await insertAll(tx, 'event', rows.events);
}
