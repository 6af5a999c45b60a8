import fc from 'fast-check';
import { getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { normaliseMail } from './mail-address.ts';
import { normalisePhone } from './phone.ts';
import { normaliseReference } from './reference.ts';
import { searchKey } from './search-key.ts';

describe('phone numbers', () => {
  it.each([
    ['03 53 01 00 12', '+33353010012'],
    ['03.53.01.00.12', '+33353010012'],
    ['+33 (0)3 53 01 00 12', '+33353010012'],
    ['0033353010012', '+33353010012'],
    ['tel:+33353010012', '+33353010012'],
    ['sip:+33353010012@192.0.2.1;user=phone', '+33353010012'],
    ['06 39 98 12 34', '+33639981234'],
    ['01 99 00 12 34', '+33199001234'],
    ['02 61 91 12 34', '+33261911234'],
    ['04 65 71 12 34', '+33465711234'],
    ['05 36 49 12 34', '+33536491234'],
  ])('%s is %s', (typed, stored) => {
    expect(normalisePhone(typed)).toBe(stored);
  });

  it.each(['RE', 'GP', 'MQ', 'GF', 'YT'] as const)(
    'knows the numbers of %s as dialled from the mainland',
    (territory) => {
      const example = getExampleNumber(territory, examples);
      expect(example).toBeDefined();
      expect(normalisePhone(`0${example?.nationalNumber}`)).toBe(example?.number);
      expect(normalisePhone(`${example?.number}`)).toBe(example?.number);
      expect(normalisePhone(`+33${example?.nationalNumber}`)).toBe(example?.number);
    },
  );

  it.each([
    '',
    'anonymous',
    'sip:anonymous@anonymous.invalid',
    '12',
    'call me',
    '0',
    '+',
    '03 53 01 00 12 34 56 78 90 11',
  ])('%j is no number', (typed) => {
    expect(normalisePhone(typed)).toBeUndefined();
  });

  it('is E.164 or nothing, and the same when normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789+ .-()') }), (typed) => {
        const once = normalisePhone(typed);
        if (once === undefined) return;
        expect(once).toMatch(/^\+[1-9][0-9]{3,14}$/);
        expect(normalisePhone(once)).toBe(once);
      }),
    );
  });
});

describe('mail addresses', () => {
  it.each([
    ['Jeanne.Morel@Example.ORG', 'jeanne.morel@example.org'],
    ['"Morel, Jeanne" <jeanne@example.org>', 'jeanne@example.org'],
    [' mailto:jeanne@example.org ', 'jeanne@example.org'],
    ['jeanne@example.org.', 'jeanne@example.org'],
    ['jeanne@exämple.org', 'jeanne@xn--exmple-cua.org'],
    ['jeanne+ligne@example.org', 'jeanne+ligne@example.org'],
  ])('%s is compared as %s', (typed, stored) => {
    expect(normaliseMail(typed)).toBe(stored);
  });

  it.each([
    '',
    'jeanne',
    '@example.org',
    'jeanne@',
    'a b@example.org',
    'a@b@example.org',
    'a\r\nBcc: x@example.org',
    '<>',
  ])('%j is no address', (typed) => {
    expect(normaliseMail(typed)).toBeUndefined();
  });
});

describe('search keys', () => {
  it.each([
    ['Saint-Claude', 'saint claude'],
    ['ST CLAUDE', 'saint claude'],
    ['St. Claude', 'saint claude'],
    ['Ste-Agnès', 'sainte agnes'],
    ["L'Isle-sur-le-Doubs", 'l isle sur le doubs'],
    ['L’Isle sur le Doubs', 'l isle sur le doubs'],
    ['Œuilly', 'oeuilly'],
    ['Ǽgir', 'aegir'],
    ['Lons–le–Saunier', 'lons le saunier'],
    ['Le Pré-Saint-Gervais', 'le pre saint gervais'],
    ['Besanc\u0327on', 'besancon'],
    ['Stella', 'stella'],
    ['Brest', 'brest'],
  ])('%s is found as %s', (text, key) => {
    expect(searchKey(text)).toBe(key);
  });

  it('does not change a key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(searchKey(searchKey(text))).toBe(searchKey(text));
      }),
    );
  });
});

describe('references', () => {
  it.each([
    ['vv-0012 34', 'VV001234'],
    ['N° VV.0012/34', 'VV001234'],
    ['réf : vv001234', 'VV001234'],
  ])('%s is %s', (typed, stored) => {
    expect(normaliseReference(typed)).toBe(stored);
  });

  it.each(['', ' - ', "VV'; drop", 'é'])('%j is none', (typed) => {
    expect(normaliseReference(typed)).toBeUndefined();
  });
});
