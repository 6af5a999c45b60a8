import { describe, expect, test } from 'vitest';
import { readTypedHours, type TypedHours, typedDay } from './typed-hours.ts';

const closed: TypedHours = { 1: '', 2: '', 3: '', 4: '', 5: '', 6: '', 7: '' };
const monday = (typed: string) => readTypedHours({ ...closed, 1: typed });

describe('hours as people type them', () => {
  const usual = [
    { from: '08:30', to: '12:00' },
    { from: '13:00', to: '18:00' },
  ];
  test.each([
    '8h30-12h, 13h-18h',
    '08:30–12:00, 13:00–18:00',
    '8h30 à 12h et 13h à 18h',
    '8.30 - 12 / 13 - 18',
    '8:30 to 12:00 and 13:00 to 18:00',
    ' 8 h 30 – 12 h ; 13 h – 18 h ',
  ])('%s', (typed) => expect(monday(typed)).toMatchObject({ hours: { 1: usual }, unreadable: [] }));

  test('nothing typed is a closed day', () => expect(monday('  ').hours[1]).toEqual([]));

  test.each(['matin', '8h30-', '8h30-12h sauf mercredi', 'fermé'])('%s cannot be read, and is not guessed', (typed) =>
    expect(monday(typed).unreadable).toEqual([1]),
  );

  test('what is shown can be typed back', () => expect(monday(typedDay(usual)).hours[1]).toEqual(usual));
});
