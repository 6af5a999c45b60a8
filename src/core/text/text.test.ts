import { expect, test } from 'vitest';
import { clockTime, dueTime, pastTime } from './dates.ts';
import { spacedPhone } from './phone.ts';
import { typeset } from './typeset.ts';

const fr = { locale: 'fr', zone: 'Europe/Paris' } as const;
const en = { locale: 'en', zone: 'Europe/Paris' } as const;
const now = new Date('2026-11-23T09:00:00Z');

test('a clock is read the French and the English way', () => {
  expect(clockTime(new Date('2026-11-23T13:05:00Z'), fr)).toBe('14\u00a0h\u00a005');
  expect(clockTime(new Date('2026-11-23T15:00:00Z'), fr)).toBe('16\u00a0h');
  expect(clockTime(new Date('2026-11-23T13:05:00Z'), en)).toBe('2:05\u00a0pm');
  expect(clockTime(new Date('2026-11-22T23:00:00Z'), en)).toBe('12\u00a0am');
});

test('a due time names the day unless it is today', () => {
  expect(dueTime(new Date('2026-11-23T15:00:00Z'), now, fr)).toBe('16\u00a0h');
  expect(dueTime(new Date('2026-11-24T09:00:00Z'), now, fr)).toBe('demain 10\u00a0h');
  expect(dueTime(new Date('2026-11-26T09:00:00Z'), now, fr)).toBe('jeudi 26 novembre, 10\u00a0h');
  expect(dueTime(new Date('2027-01-04T09:00:00Z'), now, en)).toBe('10\u00a0am on Monday 4 January 2027');
});

test('the past is relative for an hour, then a clock, then a date', () => {
  expect(pastTime(now, now, fr)).toBe('à l’instant');
  expect(pastTime(new Date('2026-11-23T08:01:00Z'), now, fr)).toBe('il y a 59\u202fmin');
  expect(pastTime(new Date('2026-11-23T08:00:00Z'), now, fr)).toBe('aujourd’hui à 9\u00a0h');
  expect(pastTime(new Date('2026-11-22T22:59:00Z'), now, fr)).toBe('hier à 23\u00a0h\u00a059');
  expect(pastTime(new Date('2026-10-01T08:00:00Z'), now, en)).toBe('Thursday 1 October at 10\u00a0am');
  expect(pastTime(new Date('2026-09-01T08:00:00Z'), now, fr)).toBe('mardi 1er septembre à 10\u00a0h');
  expect(pastTime(new Date('2026-09-11T08:00:00Z'), now, fr)).toBe('vendredi 11 septembre à 10\u00a0h');
});

test('phone numbers are spaced for the eye; foreign ones keep their country code', () => {
  expect(spacedPhone('+33353010012')).toBe('03\u00a053\u00a001\u00a000\u00a012');
  expect(spacedPhone('+41324201234')).toBe('+41\u00a032\u00a0420\u00a012\u00a034');
  expect(spacedPhone('anonymous')).toBe('anonymous');
});

test('French is set with spaces that do not break, English without', () => {
  expect(typeset("Qui est-ce ? L'avis : « oui » ; non !", 'fr')).toBe(
    'Qui est-ce\u202f? L’avis\u00a0: «\u00a0oui\u00a0»\u202f; non\u202f!',
  );
  expect(typeset("It's here: yes!", 'en')).toBe('It’s here: yes!');
});
