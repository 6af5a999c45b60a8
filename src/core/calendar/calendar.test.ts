import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingMinutes,
  type Calendar,
  closingOf,
  daysBetween,
  isOpen,
  lastClosingOfDay,
  nextOpening,
  openingOfNextDay,
  openingsBetween,
  workingMinutesBetween,
} from './calendar.ts';
import { CLOSED_WEEK, type WeeklyHours } from './weekly-hours.ts';

const office = [
  { from: '08:30', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
const weekdays: WeeklyHours = { ...CLOSED_WEEK, 1: office, 2: office, 3: office, 4: office, 5: office };
const always: WeeklyHours = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
) as unknown as WeeklyHours;

const besancon: Calendar = { timeZone: 'Europe/Paris', hours: weekdays, holidays: ['2026-12-25', '2027-01-01'] };
const roundTheClock: Calendar = { timeZone: 'Europe/Paris', hours: always, holidays: [] };
const reunion: Calendar = { timeZone: 'Indian/Reunion', hours: weekdays, holidays: [] };

const at = (iso: string): number => {
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) throw new Error(`bad date in test: ${iso}`);
  return instant;
};
const iso = (instant: number): string => new Date(instant).toISOString();

describe('open or closed', () => {
  it('is open from the opening minute to just before the closing one', () => {
    expect(isOpen(besancon, at('2026-11-23T08:30:00+01:00'))).toBe(true);
    expect(isOpen(besancon, at('2026-11-23T08:29:59.999+01:00'))).toBe(false);
    expect(isOpen(besancon, at('2026-11-23T11:59:59.999+01:00'))).toBe(true);
    expect(isOpen(besancon, at('2026-11-23T12:00:00+01:00'))).toBe(false);
  });

  it('is closed at weekends and on holidays', () => {
    expect(isOpen(besancon, at('2026-11-22T10:00:00+01:00'))).toBe(false);
    expect(isOpen(besancon, at('2026-12-25T10:00:00+01:00'))).toBe(false);
    expect(isOpen(besancon, at('2026-12-24T10:00:00+01:00'))).toBe(true);
  });

  it('follows the clock of the territory, not the one of the server', () => {
    expect(isOpen(reunion, at('2026-11-23T05:00:00Z'))).toBe(true);
    expect(isOpen(besancon, at('2026-11-23T05:00:00Z'))).toBe(false);
    expect(iso(nextOpening(reunion, at('2026-11-22T22:00:00Z')))).toBe('2026-11-23T04:30:00.000Z');
  });
});

describe('the next opening and closing', () => {
  it('is now while open, after lunch at noon, on Monday from Friday evening', () => {
    expect(nextOpening(besancon, at('2026-11-23T09:00:00+01:00'))).toBe(at('2026-11-23T09:00:00+01:00'));
    expect(nextOpening(besancon, at('2026-11-23T12:00:00+01:00'))).toBe(at('2026-11-23T13:30:00+01:00'));
    expect(nextOpening(besancon, at('2026-11-27T18:00:00+01:00'))).toBe(at('2026-11-30T08:30:00+01:00'));
  });

  it('passes Christmas and the new year', () => {
    expect(nextOpening(besancon, at('2026-12-24T18:00:00+01:00'))).toBe(at('2026-12-28T08:30:00+01:00'));
    expect(nextOpening(besancon, at('2026-12-31T18:00:00+01:00'))).toBe(at('2027-01-04T08:30:00+01:00'));
  });

  it('closes at lunch first and in the evening last', () => {
    expect(closingOf(besancon, at('2026-11-23T09:00:00+01:00'))).toBe(at('2026-11-23T12:00:00+01:00'));
    expect(closingOf(besancon, at('2026-11-23T12:30:00+01:00'))).toBe(at('2026-11-23T18:00:00+01:00'));
    expect(lastClosingOfDay(besancon, at('2026-11-23T09:00:00+01:00'))).toBe(at('2026-11-23T18:00:00+01:00'));
    expect(lastClosingOfDay(besancon, at('2026-12-25T09:00:00+01:00'))).toBeUndefined();
    expect(openingOfNextDay(besancon, at('2026-11-27T09:00:00+01:00'))).toBe(at('2026-11-30T08:30:00+01:00'));
  });

  it('does not take midnight for a closing when the place stays open', () => {
    expect(closingOf(roundTheClock, at('2026-11-23T23:50:00+01:00'))).toBeGreaterThan(at('2026-12-01T00:00:00+01:00'));
  });

  it('says so when a calendar never opens', () => {
    const shut: Calendar = { timeZone: 'Europe/Paris', hours: CLOSED_WEEK, holidays: [] };
    expect(() => nextOpening(shut, 0)).toThrow(/no opening/);
    expect(() => addWorkingMinutes(shut, 0, 1)).toThrow(/no opening/);
    expect(workingMinutesBetween(shut, 0, at('1971-01-01T00:00:00Z'))).toBe(0);
  });
});

describe('summer-time nights', () => {
  const days = (calendar: Calendar, day: string, after: string) =>
    workingMinutesBetween(calendar, at(day), at(after)) / 60;

  it('has 23 hours in March and 25 in October', () => {
    expect(days(roundTheClock, '2027-03-28T00:00:00+01:00', '2027-03-29T00:00:00+02:00')).toBe(23);
    expect(days(roundTheClock, '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00')).toBe(25);
  });

  it('opens at 08:30 on the clock on both sides of the night', () => {
    expect(nextOpening(besancon, at('2026-10-23T20:00:00+02:00'))).toBe(at('2026-10-26T08:30:00+01:00'));
    expect(nextOpening(besancon, at('2027-03-26T20:00:00+01:00'))).toBe(at('2027-03-29T08:30:00+02:00'));
    expect(addWorkingMinutes(besancon, at('2027-03-26T17:00:00+01:00'), 480)).toBe(at('2027-03-29T17:00:00+02:00'));
  });

  it('drops an opening in the skipped hour and takes the first of a doubled one', () => {
    const night = { ...CLOSED_WEEK, 7: [{ from: '02:00', to: '03:00' }] };
    const nights: Calendar = { timeZone: 'Europe/Paris', hours: night, holidays: [] };
    expect(openingsBetween(nights, at('2027-03-28T00:00:00Z'), at('2027-03-28T12:00:00Z'))).toEqual([]);
    expect(openingsBetween(nights, at('2026-10-24T12:00:00Z'), at('2026-10-25T12:00:00Z'))).toEqual([
      { from: at('2026-10-25T02:00:00+02:00'), to: at('2026-10-25T03:00:00+01:00') },
    ]);
  });
});

describe('working minutes', () => {
  it('stop at lunch, at night, at weekends and on holidays', () => {
    expect(addWorkingMinutes(besancon, at('2026-11-23T11:30:00+01:00'), 60)).toBe(at('2026-11-23T14:00:00+01:00'));
    expect(addWorkingMinutes(besancon, at('2026-12-24T17:30:00+01:00'), 60)).toBe(at('2026-12-28T09:00:00+01:00'));
    expect(addWorkingMinutes(besancon, at('2026-12-31T17:30:00+01:00'), 480)).toBe(at('2027-01-04T17:30:00+01:00'));
  });

  it('count the same both ways', () => {
    expect(workingMinutesBetween(besancon, at('2026-12-24T17:30:00+01:00'), at('2026-12-28T09:00:00+01:00'))).toBe(60);
  });

  it('refuse to go backwards', () => {
    expect(() => addWorkingMinutes(besancon, 0, -1)).toThrow(RangeError);
    expect(workingMinutesBetween(besancon, 1000, 0)).toBe(0);
  });

  it('end however far away somebody asks', () => {
    const far = at('9999-12-31T00:00:00Z');
    const first = at('0001-01-01T00:00:00Z');
    const now = at('2026-11-23T09:00:00+01:00');
    for (const [from, to] of [
      [now, far],
      [first, now],
      [first, far],
    ] as const) {
      expect(workingMinutesBetween(besancon, from, to)).toBeGreaterThan(10 * 200 * 8 * 60);
      expect(openingsBetween(besancon, from, to).length).toBeLessThan(10_000);
    }
    expect(() => addWorkingMinutes(besancon, now, 1e12)).toThrow(RangeError);
    const nearly = workingMinutesBetween(besancon, now, far);
    expect(addWorkingMinutes(besancon, now, nearly * 0.75)).toBeLessThan(far);
  });

  it('count days by the local date', () => {
    expect(daysBetween(besancon, at('2026-11-23T23:30:00+01:00'), at('2026-11-24T00:30:00+01:00'))).toBe(1);
    expect(daysBetween(besancon, at('2026-11-23T00:30:00+01:00'), at('2026-11-23T23:30:00+01:00'))).toBe(0);
  });
});

describe('whatever the calendar and the instant', () => {
  const calendar = fc.constantFrom(besancon, roundTheClock, reunion, {
    timeZone: 'America/Guadeloupe',
    hours: { ...CLOSED_WEEK, 3: [{ from: '22:00', to: '24:00' }], 4: [{ from: '00:00', to: '01:15' }] },
    holidays: ['2026-11-25'],
  } satisfies Calendar);
  const instant = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2028-12-31T00:00:00Z') });
  const minutes = fc.integer({ min: 0, max: 6_000 });

  it('adding a and then b is adding a + b', () => {
    fc.assert(
      fc.property(calendar, instant, minutes, minutes, (when, from, a, b) => {
        expect(addWorkingMinutes(when, addWorkingMinutes(when, from, a), b)).toBe(addWorkingMinutes(when, from, a + b));
      }),
    );
  });

  it('the result lies in an opening or on its end, and is as many minutes away as asked', () => {
    fc.assert(
      fc.property(calendar, instant, minutes, (when, from, asked) => {
        const due = addWorkingMinutes(when, from, asked);
        expect(isOpen(when, due) || isOpen(when, due - 1)).toBe(true);
        expect(workingMinutesBetween(when, from, due)).toBe(asked);
      }),
    );
  });

  it('the next opening is open, not before, and nothing is open in between', () => {
    fc.assert(
      fc.property(calendar, instant, (when, from) => {
        const next = nextOpening(when, from);
        expect(next).toBeGreaterThanOrEqual(from);
        expect(isOpen(when, next)).toBe(true);
        expect(workingMinutesBetween(when, from, next)).toBe(0);
        expect(closingOf(when, from)).toBeGreaterThan(next);
      }),
    );
  });

  it('does not depend on what was asked before', () => {
    fc.assert(
      fc.property(calendar, instant, minutes, (when, from, asked) => {
        expect(addWorkingMinutes({ ...when }, from, asked)).toBe(addWorkingMinutes(when, from, asked));
      }),
    );
  });
});
