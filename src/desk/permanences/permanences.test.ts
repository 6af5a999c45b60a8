import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import type { Actor } from '../actor.ts';
import { comingPermanences } from '../views/permanences.ts';
import { cancelPermanence } from './cancel.ts';
import { enterPermanence, type NewPermanence } from './enter.ts';

const db = testDatabase();
let world: World;
let ana: Actor;
let bruno: Actor;
let lea: Actor;

beforeAll(async () => {
  world = await buildWorld(db);
  ana = { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana };
  bruno = { kind: 'staff', staffId: world.staff.bruno, role: 'advisor', advisorId: world.bruno };
  lea = { kind: 'staff', staffId: world.staff.lea, role: 'lead', advisorId: world.lea };
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await db.database.pool.query('delete from permanence');
});

const enter = (input: Partial<NewPermanence> = {}) =>
  db.transact((tx) =>
    enterPermanence(tx, ana, {
      advisorId: world.ana,
      communeInsee: '39478',
      place: 'Mairie',
      date: '2026-11-24',
      from: '09:00',
      to: '11:30',
      everyWeeks: 0,
      until: '',
      ...input,
    }),
  );
const coming = () => comingPermanences(db.database.kysely, db.clock.now, { communeInsee: '39478' });

describe('entering', () => {
  test('a series keeps its local hour through the change to summer time, and leaves public holidays out', async () => {
    const entered = await enter({ date: '2027-03-16', everyWeeks: 1, until: '2027-05-11', from: '09:00', to: '11:30' });
    expect(entered).toMatchObject({ ok: true, leftOut: [] });
    const hours = (await coming()).map(({ startsAt }) => startsAt.toISOString());
    expect(hours.slice(0, 3)).toEqual([
      '2027-03-16T08:00:00.000Z',
      '2027-03-23T08:00:00.000Z',
      '2027-03-30T07:00:00.000Z',
    ]);
    const mondays = await enter({ date: '2027-03-22', everyWeeks: 1, until: '2027-04-05', from: '14:00', to: '15:00' });
    expect(mondays).toMatchObject({ ok: true, dates: ['2027-03-22', '2027-04-05'], leftOut: ['2027-03-29'] });
  });

  test('what cannot be is said, and nothing is written', async () => {
    for (const [input, why] of [
      [{ place: '  ' }, 'no_place'],
      [{ date: '2026-02-30' }, 'bad_date'],
      [{ date: 'demain' }, 'bad_date'],
      [{ date: '2026-11-20' }, 'past_date'],
      [{ from: '11:30', to: '09:00' }, 'bad_times'],
      [{ from: '25:00' }, 'bad_times'],
      [{ everyWeeks: 1 as const, until: '' }, 'bad_until'],
      [{ everyWeeks: 1 as const, until: '2029-01-01' }, 'bad_until'],
    ] as const)
      expect(await enter(input), JSON.stringify(input)).toEqual({ ok: false, why });
    expect(await coming()).toEqual([]);
  });

  test('nobody sits in two places at once', async () => {
    await enter({ everyWeeks: 1, until: '2026-12-15' });
    expect(await enter({ date: '2026-12-01', from: '11:00', to: '12:00' })).toEqual({ ok: false, why: 'taken' });
    expect(await enter({ date: '2026-12-01', from: '11:30', to: '12:00' })).toMatchObject({ ok: true });
    expect(await enter({ advisorId: world.bruno, date: '2026-12-01' })).toMatchObject({ ok: true });
  });
});

describe('cancelling', () => {
  const cancel = (actor: Actor, id: string, series = false) =>
    db.transact((tx) => cancelPermanence(tx, actor, { id, series, why: 'La salle est fermée.' }));

  test('one date stays to be read for 30 days, with the reason; the others are untouched', async () => {
    await enter({ everyWeeks: 1, until: '2027-01-19' });
    const before = await coming();
    expect(await cancel(ana, before.at(-1)?.id ?? '')).toBe(1);
    const after = await coming();
    expect(after).toHaveLength(before.length);
    expect(after.at(-1)).toMatchObject({ sequence: 1, why: 'La salle est fermée.', cancelledAt: db.clock.now });
    expect(after.slice(0, -1).every(({ sequence, cancelledAt }) => sequence === 0 && !cancelledAt)).toBe(true);
    db.clock.now = new Date('2026-12-24T09:00:00Z');
    expect((await coming()).map(({ id }) => id)).not.toContain(before.at(-1)?.id);
  });

  test('the rest of a series goes together, the dates before it stay', async () => {
    await enter({ everyWeeks: 1, until: '2026-12-22' });
    const dates = await coming();
    expect(await cancel(lea, dates[2]?.id ?? '', true)).toBe(3);
    expect((await coming()).map(({ cancelledAt }) => cancelledAt !== null)).toEqual([false, false, true, true, true]);
  });

  test('colleagues cannot cancel for each other, leads can, and twice changes nothing', async () => {
    await enter();
    const id = (await coming())[0]?.id ?? '';
    expect(await cancel(bruno, id)).toBe(0);
    expect(await cancel(lea, id)).toBe(1);
    expect(await cancel(lea, id)).toBe(0);
    expect((await coming())[0]?.sequence).toBe(1);
  });
});
