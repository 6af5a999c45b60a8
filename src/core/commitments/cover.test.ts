import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../calendar/calendar.ts';
import { CLOSED_WEEK } from '../calendar/weekly-hours.ts';
import { MINUTE, OFFICE, paris } from '../routing/situations.test-support.ts';
import { type AbsenceFacts, checkAbsence } from './check-absence.ts';
import { type Absence, absentUntil, type Colleagues, coverAt } from './cover.ts';

const colleagues: Colleagues = {
  backups: { ana: ['bo', 'cy'], bo: ['cy', 'di'], cy: ['di', 'ana'], di: ['ana', 'bo'] },
  pods: { ana: ['ana', 'bo', 'cy', 'di', 'eva'], bo: ['ana', 'bo', 'cy', 'di', 'eva'] },
  leadId: 'lea',
};
const week = (advisorId: string, coverId: string | null = null): Absence => ({
  advisorId,
  from: paris('2026-11-23 08:30'),
  to: paris('2026-11-27 18:00'),
  coverId,
});
const at = paris('2026-11-24 10:00');
const working = () => true;
const cover = (absences: Absence[], isWorking: (id: string) => boolean = working) =>
  coverAt('ana', at, absences, colleagues, isWorking);

describe('who answers for an advisor', () => {
  it('is the advisor while they are not absent', () => {
    expect(cover([week('bo')])).toEqual({ advisorId: 'ana', via: 'own', until: null });
    expect(coverAt('ana', paris('2026-11-27 18:00'), [week('ana')], colleagues, working).via).toBe('own');
    expect(coverAt('ana', paris('2026-11-23 08:29'), [week('ana')], colleagues, working).via).toBe('own');
  });

  it('is the colleague named, else the first backup, until the absence ends', () => {
    expect(cover([week('ana', 'di')])).toEqual({ advisorId: 'di', via: 'cover', until: paris('2026-11-27 18:00') });
    expect(cover([week('ana')])).toMatchObject({ advisorId: 'bo', via: 'backup' });
  });

  it('follows A→B→C', () => {
    expect(cover([week('ana', 'bo'), week('bo', 'di')])).toMatchObject({ advisorId: 'di', via: 'cover' });
  });

  it('leaves a circle by the backups', () => {
    expect(cover([week('ana', 'bo'), week('bo', 'ana')])).toMatchObject({ advisorId: 'cy', via: 'backup' });
  });

  it('asks the backups of backups, then the pod, then the lead', () => {
    expect(cover([week('ana'), week('bo'), week('cy')])).toMatchObject({ advisorId: 'di', via: 'backup' });
    const allNamed = [week('ana'), week('bo'), week('cy'), week('di')];
    expect(cover(allNamed)).toMatchObject({ advisorId: 'eva', via: 'pod' });
    expect(cover([...allNamed, week('eva')])).toMatchObject({ advisorId: 'lea', via: 'lead' });
  });

  it('prefers who is at work then, and takes who is merely off rather than the lead', () => {
    expect(cover([week('ana')], (id) => id === 'cy')).toMatchObject({ advisorId: 'cy' });
    expect(cover([week('ana')], () => false)).toMatchObject({ advisorId: 'bo' });
  });

  it('takes absences that follow each other as one', () => {
    const second = { ...week('ana'), from: paris('2026-11-27 18:00'), to: paris('2026-12-04 18:00') };
    expect(absentUntil('ana', at, [week('ana'), second])).toBe(paris('2026-12-04 18:00'));
    expect(absentUntil('ana', at, [second])).toBeNull();
  });

  it('is always somebody, never somebody absent but the lead, whatever the absences', () => {
    const someone = fc.constantFrom('ana', 'bo', 'cy', 'di', 'eva');
    const span = fc.record({ start: fc.integer({ min: 0, max: 5_000 }), length: fc.integer({ min: 1, max: 5_000 }) });
    const absence = fc
      .tuple(someone, fc.option(someone), span)
      .map(([advisorId, coverId, { start, length }]): Absence => {
        const from = paris('2026-11-23 08:30') + start * MINUTE;
        return { advisorId, coverId: coverId === advisorId ? null : coverId, from, to: from + length * MINUTE };
      });
    const when = fc.integer({ min: 0, max: 11_000 }).map((minutes) => paris('2026-11-23 08:00') + minutes * MINUTE);
    fc.assert(
      fc.property(
        fc.array(absence, { maxLength: 8 }),
        when,
        someone,
        fc.func(fc.boolean()),
        (absences, now, who, isWorking) => {
          const found = coverAt(who, now, absences, colleagues, isWorking);
          const absent = (id: string) =>
            absences.some((one) => one.advisorId === id && one.from <= now && now < one.to);
          expect(found.via === 'own').toBe(!absent(who));
          if (found.via !== 'lead') expect(absent(found.advisorId)).toBe(false);
          if (found.via === 'lead') expect((colleagues.backups[who] ?? []).every(absent)).toBe(true);
          if (found.until !== null) expect(found.until).toBeGreaterThan(now);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('an absence about to be entered', () => {
  const mornings = [{ from: '08:30', to: '12:00' }];
  const halfTime: Calendar = {
    ...OFFICE,
    hours: { ...CLOSED_WEEK, 1: mornings, 2: mornings, 3: mornings, 4: mornings, 5: mornings },
  };
  const facts = (absences: Absence[] = [], rest: Partial<AbsenceFacts> = {}): AbsenceFacts => ({
    absences,
    backups: ['bo', 'cy'],
    calendar: OFFICE,
    workingHoursOf: () => OFFICE,
    ...rest,
  });
  const tuesday = (advisorId: string, coverId: string | null = null): Absence => ({
    advisorId,
    from: paris('2026-11-24 00:00'),
    to: paris('2026-11-25 00:00'),
    coverId,
  });
  const wholeTuesday = [
    { from: paris('2026-11-24 08:30'), to: paris('2026-11-24 12:00') },
    { from: paris('2026-11-24 13:30'), to: paris('2026-11-24 18:00') },
  ];

  it('is fine while one backup is there in every opening hour', () => {
    expect(checkAbsence(week('ana'), facts())).toEqual({ uncovered: [], circle: [] });
    expect(checkAbsence(week('ana'), facts([week('bo')]))).toEqual({ uncovered: [], circle: [] });
  });

  it('shows the opening hours in which nobody named is there', () => {
    expect(checkAbsence(week('ana'), facts([tuesday('bo'), tuesday('cy')])).uncovered).toEqual(wholeTuesday);
    const partTime = facts([tuesday('cy')], { workingHoursOf: (id) => (id === 'bo' ? halfTime : OFFICE) });
    expect(checkAbsence(week('ana'), partTime).uncovered).toEqual([wholeTuesday[1]]);
  });

  it('counts the colleague named for it, and whoever that one named', () => {
    const others = [tuesday('bo'), tuesday('cy')];
    expect(checkAbsence(week('ana', 'di'), facts(others)).uncovered).toEqual([]);
    expect(checkAbsence(week('ana', 'di'), facts([...others, tuesday('di', 'eva')])).uncovered).toEqual([]);
    expect(checkAbsence(week('ana', 'di'), facts([...others, tuesday('di')])).uncovered).toEqual(wholeTuesday);
  });

  it('does not count the absent advisor as their own cover', () => {
    const others = [tuesday('bo', 'ana'), tuesday('cy', 'ana')];
    expect(checkAbsence(week('ana'), facts(others)).uncovered).toEqual(wholeTuesday);
  });

  it('finds who would cover each other in a ring, when the absences meet', () => {
    expect(checkAbsence(week('ana', 'bo'), facts([tuesday('bo', 'ana')])).circle).toEqual(['ana', 'bo']);
    const ring = [tuesday('bo', 'cy'), tuesday('cy', 'ana')];
    expect(checkAbsence(week('ana', 'bo'), facts(ring)).circle).toEqual(['ana', 'bo', 'cy']);
    const later = { ...tuesday('bo', 'ana'), from: paris('2026-12-01 00:00'), to: paris('2026-12-02 00:00') };
    expect(checkAbsence(week('ana', 'bo'), facts([later])).circle).toEqual([]);
  });

  it('is judged without an earlier version of itself', () => {
    expect(checkAbsence(tuesday('ana', 'bo'), facts([tuesday('ana', 'bo')]))).toEqual({ uncovered: [], circle: [] });
  });

  it('agrees with coverAt: uncovered exactly when nobody named is at work', () => {
    const someone = fc.constantFrom('bo', 'cy');
    const hours = fc.integer({ min: 0, max: 100 });
    const absence = fc.tuple(someone, hours, hours).map(([advisorId, start, length]): Absence => {
      const from = paris('2026-11-23 00:00') + start * 60 * MINUTE;
      return { advisorId, coverId: null, from, to: from + (length + 1) * 60 * MINUTE };
    });
    fc.assert(
      fc.property(fc.array(absence, { maxLength: 4 }), fc.integer({ min: 0, max: 1_000 }), (absences, tenths) => {
        const now = paris('2026-11-23 08:30') + tenths * 6 * MINUTE;
        const { uncovered } = checkAbsence(week('ana'), facts(absences));
        const away = (id: string) => absences.some((one) => one.advisorId === id && one.from <= now && now < one.to);
        const hit = uncovered.some((span) => span.from <= now && now < span.to);
        if (hit) expect([away('bo'), away('cy')]).toEqual([true, true]);
        else if (away('bo') && away('cy'))
          expect(checkAbsence({ ...week('ana'), from: now, to: now + 1 }, facts(absences)).uncovered).toEqual([]);
      }),
    );
  });
});
