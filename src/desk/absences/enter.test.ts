import { beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type Actor, system } from '../actor.ts';
import { type SmallOperator, smallOperator } from '../areas/small-operator.test-support.ts';
import { newId } from '../id.ts';
import { enterAbsence, type NewAbsence } from './enter.ts';

const db = testDatabase();
const kysely = () => db.database.kysely;
const day = (offset: number) => new Date(Date.parse('2026-11-23T23:00:00Z') + (offset - 1) * 86_400_000);
let us: SmallOperator | undefined;
let ada = '';
let bea = '';
let cyr = '';

beforeEach(async () => {
  us ??= await smallOperator(db.transact);
  ({ ada, bea, cyr } = us);
  await kysely().deleteFrom('absence').execute();
});

const enter = (input: Partial<NewAbsence>, actor: Actor = system) =>
  db.transact((tx) =>
    enterAbsence(tx, actor, {
      advisorId: ada,
      startsAt: day(1),
      endsAt: day(4),
      handover: 'All in the files.',
      ...input,
    }),
  );

describe('entering an absence', () => {
  it('needs a handover, an end after its start, a future, and somebody else as cover', async () => {
    expect(await enter({ handover: ' ' })).toEqual({ ok: false, why: 'no_handover' });
    expect(await enter({ endsAt: day(1) })).toEqual({ ok: false, why: 'ends_before_it_starts' });
    expect(await enter({ startsAt: day(-3), endsAt: day(-1) })).toEqual({ ok: false, why: 'over_already' });
    expect(await enter({ coverAdvisorId: ada })).toEqual({ ok: false, why: 'own_cover' });
    expect(await enter({ coverAdvisorId: us?.podId })).toEqual({ ok: false, why: 'unknown_cover' });
    expect(await kysely().selectFrom('absence').selectAll().execute()).toEqual([]);
  });

  it('is refused when a year was mistyped, without a trace', async () => {
    const until = (endsAt: string) => enter({ endsAt: new Date(endsAt) });
    expect(await until('2126-12-20T00:00:00Z')).toEqual({ ok: false, why: 'ends_too_far' });
    expect(await until('9999-12-31T23:59:59Z')).toEqual({ ok: false, why: 'ends_too_far' });
    expect(await until('2028-12-20T00:00:00Z')).toEqual({ ok: false, why: 'too_long' });
    expect(await enter({ startsAt: new Date('0001-01-01T00:00:00Z') })).toEqual({ ok: false, why: 'starts_long_ago' });
    expect(await enter({ startsAt: new Date('2025-10-01T00:00:00Z') })).toEqual({ ok: false, why: 'starts_long_ago' });
    const far = { startsAt: new Date('2029-10-01T00:00:00Z'), endsAt: new Date('2029-12-01T00:00:00Z') };
    expect(await enter(far)).toEqual({ ok: false, why: 'ends_too_far' });
    expect(await kysely().selectFrom('absence').selectAll().execute()).toEqual([]);
    expect((await until('2028-11-20T00:00:00Z')).ok).toBe(true);
  });

  it('is entered beside one that was stored without an end in sight, and judged in its own days', async () => {
    const stored = (advisorId: string, startsAt: Date, endsAt: string) =>
      kysely()
        .insertInto('absence')
        .values({
          id: newId(),
          advisorId,
          startsAt,
          endsAt: new Date(endsAt),
          handover: 'All in the files.',
          enteredAt: day(1),
        })
        .execute();
    await stored(bea, day(1), '9999-12-31T00:00:00Z');
    expect((await enter({ startsAt: day(2), endsAt: day(30) })).ok).toBe(true);
    expect(await enter({ advisorId: cyr, startsAt: day(3), endsAt: day(4) })).toMatchObject({
      ok: false,
      why: 'nobody_present',
    });
  });

  it('is one’s own business, or a lead’s', async () => {
    const staff = (advisorId: string, role: 'advisor' | 'lead'): Actor => ({
      kind: 'staff',
      staffId: '00000000-0000-7000-8000-000000000000',
      role,
      advisorId,
    });
    expect(await enter({}, staff(bea, 'advisor'))).toEqual({ ok: false, why: 'not_allowed' });
    expect(await enter({}, { kind: 'public' })).toEqual({ ok: false, why: 'not_allowed' });
    expect((await enter({}, { kind: 'integration', name: 'test', role: 'lead' })).ok).toBe(true);
  });

  it('is refused when it overlaps another of the same advisor, and allowed right after it', async () => {
    const first = await enter({});
    expect(await enter({ startsAt: day(3), endsAt: day(6) })).toEqual({
      ok: false,
      why: 'overlaps',
      absenceId: first.ok && first.id,
    });
    expect((await enter({ startsAt: day(4), endsAt: day(6) })).ok).toBe(true);
  });

  it('is refused when covers would answer for each other in a circle', async () => {
    expect((await enter({ coverAdvisorId: bea })).ok).toBe(true);
    expect((await enter({ advisorId: bea, coverAdvisorId: cyr })).ok).toBe(true);
    expect(await enter({ advisorId: cyr, coverAdvisorId: ada })).toMatchObject({ ok: false, why: 'circle' });
  });

  it('is refused when in some opening hour nobody named would be left, and says which', async () => {
    expect((await enter({ startsAt: day(1), endsAt: day(3) })).ok).toBe(true);
    expect((await enter({ advisorId: bea, startsAt: day(2), endsAt: day(3) })).ok).toBe(true);
    const refused = await enter({ advisorId: cyr, startsAt: day(2), endsAt: day(3) });
    expect(refused).toMatchObject({
      ok: false,
      why: 'nobody_present',
      spans: [{ from: new Date('2026-11-25T08:00:00Z'), to: new Date('2026-11-25T17:00:00Z') }],
    });
    expect((await enter({ advisorId: cyr, startsAt: day(5), endsAt: day(6) })).ok).toBe(true);
  });
});
