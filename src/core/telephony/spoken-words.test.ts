import { describe, expect, it } from 'vitest';
import { offerWords } from './spoken-words.ts';

const facts = {
  ownName: 'Ana Perrin',
  byName: 'Ana Perrin',
  now: new Date('2026-11-30T09:00:00Z'),
  before: new Date('2026-11-30T09:40:00Z'),
  zone: 'Europe/Paris',
};
const begins = (locale: 'en' | 'fr', ownIs: 'onCall' | 'notAnswering' | 'away') =>
  offerWords(locale, { ...facts, ownIs })[0]?.[0];

describe('an offer says why the own advisor does not answer, and nothing that is not so', () => {
  it.each([
    ['en', 'onCall', 'Ana Perrin is on a call and calls you back before'],
    ['en', 'notAnswering', 'Ana Perrin cannot answer and calls you back before'],
    ['en', 'away', 'Ana Perrin is away and calls you back before'],
    ['fr', 'onCall', 'Ana Perrin est en ligne et vous rappelle avant'],
    ['fr', 'notAnswering', 'Ana Perrin ne peut pas répondre et vous rappelle avant'],
    ['fr', 'away', 'Ana Perrin n’est pas là et vous rappelle avant'],
  ] as const)('%s, %s', (locale, ownIs, words) => {
    expect(begins(locale, ownIs)).toBe(words);
  });
});
