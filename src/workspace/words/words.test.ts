import { expect, test } from 'vitest';
import { catalogue, sayIn } from './words.ts';

const entries = Object.entries(catalogue);
const placeholders = (text: string) => [...new Set(text.replace(/\{(de|à) /gi, '{').match(/\{\w+\}/g) ?? [])].sort();

test('every text is there in both languages and fills in the same things', () => {
  for (const [key, { fr, en }] of entries) {
    expect(fr.trim(), key).not.toBe('');
    expect(en.trim(), key).not.toBe('');
    expect(placeholders(fr), key).toEqual(placeholders(en));
  }
});

test('no sentence is longer than twenty words, and none says what we never say', () => {
  for (const [key, { fr, en }] of entries)
    for (const text of [fr, en]) {
      for (const sentence of text.split(/(?<=[.?!])\s| \| /))
        expect(sentence.split(/\s+/).length, key).toBeLessThanOrEqual(20);
      expect(text, key).not.toMatch(/ticket|veuillez|une erreur est survenue/i);
    }
});

test('French is set as a printer would, and numbers choose their form', () => {
  const say = sayIn('fr');
  expect(say('whyYou')).toBe('Pourquoi vous\u202f?');
  expect(say('caseloadSummary', { n: 1 })).toBe('1 personne attend votre réponse.');
  expect(say('caseloadSummary', { n: 3 })).toBe('3 personnes attendent votre réponse.');
  expect(sayIn('en')('caseloadSummary', { n: 0 })).toBe('0 people wait for your answer.');
});

test('electronic mail has one name in French', () => {
  for (const [key, { fr }] of entries) expect(fr.replace(/\{\w+\}/g, ''), key).not.toMatch(/\be?-?mails?\b/i);
});

test('the names of customers and colleagues are joined as they begin', () => {
  const say = sayIn('fr');
  expect(say('bandRinging', { name: 'Odile Jacquet' })).toBe('Appel d’Odile Jacquet');
  expect(say('held_reply', { name: 'Les Tilleuls' })).toBe('Réponse aux Tilleuls');
  for (const [key, { fr }] of entries) expect(fr, key).not.toMatch(/(^|[^\p{L}])de \{(name|owner|operator)\}/iu);
});
