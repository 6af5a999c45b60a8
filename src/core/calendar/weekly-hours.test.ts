import { describe, expect, it } from 'vitest';
import { CLOSED_WEEK, hoursProblems, spansOf } from './weekly-hours.ts';

describe('weekly hours as typed', () => {
  it('are fine with a lunch break, and up to midnight', () => {
    expect(
      hoursProblems({
        ...CLOSED_WEEK,
        1: [
          { from: '08:30', to: '12:00' },
          { from: '13:30', to: '24:00' },
        ],
      }),
    ).toEqual([]);
  });

  it('name each mistake with its weekday', () => {
    const span = { from: '18:00', to: '09:00' };
    expect(hoursProblems({ ...CLOSED_WEEK, 2: [span] })).toEqual([{ code: 'ends_before_it_starts', weekday: 2, span }]);
    expect(hoursProblems({ ...CLOSED_WEEK, 3: [{ from: '8h30', to: '25:00' }] })).toEqual([
      { code: 'not_a_time', weekday: 3, value: '8h30' },
      { code: 'not_a_time', weekday: 3, value: '25:00' },
    ]);
    const late = { from: '11:00', to: '14:00' };
    expect(hoursProblems({ ...CLOSED_WEEK, 4: [{ from: '08:30', to: '12:00' }, late] })).toEqual([
      { code: 'overlap', weekday: 4, span: late },
    ]);
    expect(hoursProblems(CLOSED_WEEK)).toEqual([{ code: 'never_open' }]);
  });

  it('are read in order, with touching spans joined', () => {
    const hours = {
      ...CLOSED_WEEK,
      5: [
        { from: '13:30', to: '18:00' },
        { from: '12:00', to: '13:30' },
        { from: '08:30', to: '12:00' },
      ],
    };
    expect(spansOf(hours, 5)).toEqual([{ from: 510, to: 1080 }]);
    expect(spansOf({} as never, 5)).toEqual([]);
    expect(() => spansOf({ ...CLOSED_WEEK, 1: [{ from: 'nine', to: '10:00' }] }, 1)).toThrow(RangeError);
  });
});
