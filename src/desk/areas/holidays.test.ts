import { describe, expect, it } from 'vitest';
import { holidayRegionOf, holidaysAround, holidaysOf } from './holidays.ts';

describe('public holidays by territory', () => {
  it('knows the eleven of France, Easter Monday and Whit Monday on their dates', () => {
    expect(holidaysOf('FR', 2027)).toEqual([
      '2027-01-01',
      '2027-03-29',
      '2027-05-01',
      '2027-05-06',
      '2027-05-08',
      '2027-05-17',
      '2027-07-14',
      '2027-08-15',
      '2027-11-01',
      '2027-11-11',
      '2027-12-25',
    ]);
  });

  it('adds Good Friday and Saint Stephen in Alsace-Moselle, and nowhere near the Doubs', () => {
    for (const departement of ['57', '67', '68'])
      expect(holidaysOf(holidayRegionOf(departement), 2027)).toEqual(
        expect.arrayContaining(['2027-03-26', '2027-12-26']),
      );
    expect(holidaysOf(holidayRegionOf('25'), 2027)).not.toContain('2027-03-26');
    expect(holidaysOf(holidayRegionOf('39'), 2027)).not.toContain('2027-12-26');
  });

  it('adds the abolition of slavery overseas, each on its own day', () => {
    expect(holidaysOf(holidayRegionOf('971'), 2027)).toContain('2027-05-27');
    expect(holidaysOf(holidayRegionOf('972'), 2027)).toContain('2027-05-22');
    expect(holidaysOf(holidayRegionOf('973'), 2027)).toContain('2027-06-10');
    expect(holidaysOf(holidayRegionOf('974'), 2027)).toContain('2027-12-20');
    expect(holidaysOf(holidayRegionOf('976'), 2027)).toContain('2027-04-27');
    expect(holidaysOf(holidayRegionOf('974'), 2027)).not.toContain('2027-05-27');
  });

  it('spans the turn of the year, and is worked out once', () => {
    const around = holidaysAround('FR', new Date('2026-12-31T22:00:00Z'));
    expect(around).toEqual(expect.arrayContaining(['2025-12-25', '2026-12-25', '2027-01-01']));
    expect(holidaysAround('FR', new Date('2026-01-01T00:00:00Z'))).toBe(around);
  });

  it('says so for a region nobody knows', () => {
    expect(() => holidaysOf('FR.XX', 2027)).toThrow(/no region/);
    expect(() => holidaysOf('ZZ', 2027)).toThrow(/no region/);
  });
});
