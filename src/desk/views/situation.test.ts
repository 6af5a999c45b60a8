import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { buildWorld, officeHours, type World } from '../../../test/world.ts';
import type { WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import type { Leave } from '../../core/routing/situation.ts';
import { newId } from '../id.ts';
import { readRoster } from './roster.ts';
import { callSituation } from './situation.ts';

const db = testDatabase();
let world: World;
const paris = (time: string) => Date.parse(`2026-11-23T${time}:00+01:00`);

beforeAll(async () => {
  world = await buildWorld(db);
});

it('says when an advisor goes before the office closes, and when they are back today', async () => {
  expect(await leavesAt('10:00', officeHours)).toBeNull();
  const early = { ...officeHours, 1: [{ from: '08:30', to: '11:00' }] };
  expect(await leavesAt('10:00', early)).toEqual({ at: paris('11:00'), backAt: null });
  const longLunch = { ...officeHours, 1: [{ from: '08:30', to: '11:30' }, { from: '14:00', to: '18:00' }] }; // biome-ignore format: one day
  expect(await leavesAt('10:00', longLunch)).toEqual({ at: paris('11:30'), backAt: paris('14:00') });
  expect(await leavesAt('15:00', longLunch)).toBeNull();
});

it('an absence that begins later today is a leave without a return', async () => {
  await db.transact((tx) =>
    tx.db
      .insertInto('absence')
      .values({
        id: newId(),
        advisorId: world.ana,
        startsAt: new Date(paris('14:30')),
        endsAt: new Date(paris('23:59')),
        enteredAt: new Date(paris('08:00')),
      })
      .execute(),
  );
  expect(await leavesAt('14:00', officeHours)).toEqual({ at: paris('14:30'), backAt: null });
});

/** What routing knows of Ana at that time on a Monday, with these hours of hers. */
async function leavesAt(time: string, hours: WeeklyHours): Promise<Leave | null | undefined> {
  db.clock.now = new Date(paris(time));
  return db.transact(async (tx) => {
    await tx.db
      .updateTable('advisor')
      .set({ workingHours: JSON.stringify(hours) })
      .where('id', '=', world.ana)
      .execute();
    const roster = await readRoster(tx.db, tx.now);
    return (await callSituation(tx, roster, world.ana)).advisors[world.ana]?.leaves;
  });
}
