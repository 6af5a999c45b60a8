import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { locales, speak, type WordKey, words } from './words.ts';

const keys = Object.keys(words) as WordKey[];

test('every text exists in both languages, with the same places to fill', () => {
  for (const key of keys) {
    const { fr, en } = words[key];
    expect(fr.trim(), key).not.toBe('');
    expect(en.trim(), key).not.toBe('');
    expect(places(fr), key).toEqual(places(en));
  }
});

test('no text of one file hides a text of another', async () => {
  const files = (await readdir(import.meta.dirname)).filter(
    (name) => name.endsWith('-words.ts') && name !== 'policy-words.ts',
  );
  const of = await Promise.all(
    files.map(async (name) =>
      Object.values((await import(`./${name}`)) as Record<string, object>).flatMap(Object.keys),
    ),
  );
  const all = of.flat();
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
  expect(all.length).toBe(keys.length);
});

test('French is set as in print: spaces that do not break, curly apostrophes, guillemets', () => {
  const say = speak('fr');
  for (const key of keys) {
    const text = say(key);
    expect(text, key).not.toMatch(/ [;:!?%»]|« |[^\s\u202f][;!?](?!\S)(?<!\u202f[;!?])/u);
    expect(text, key).not.toMatch(/["']/);
  }
});

test('sentences stay under twenty words', () => {
  for (const locale of locales)
    for (const key of keys)
      for (const sentence of speak(locale)(key).split(/[.?!\n]\s*/u))
        expect(sentence.split(/[ ,]+/).length, `${locale} ${key}: ${sentence}`).toBeLessThan(20);
});

test('nobody is called a ticket and nobody is told to be patient', () => {
  for (const locale of locales)
    for (const key of keys)
      expect(speak(locale)(key)).not.toMatch(/ticket|veuillez patienter|une erreur est survenue/i);
});

test('electronic mail has one name in French', () => {
  for (const key of keys)
    expect(words[key].fr.replace(/\{\w+\}|« (mails|visavis [^»]*) »/g, ''), key).not.toMatch(/\be?-?mails?\b/i);
});

test('the names of places and people are joined as they begin', () => {
  const place = (name: string) => speak('fr')('communePage', { place: name });
  expect(['Arinthod', 'Les Rousses', 'Le Frasnois', 'Besançon'].map(place)).toEqual([
    'La page d’Arinthod',
    'La page des Rousses',
    'La page du Frasnois',
    'La page de Besançon',
  ]);
  expect(speak('fr')('serves', { place: 'Les Rousses' })).toBe('Votre contact aux Rousses');
  expect(speak('en')('communePage', { place: 'Les Rousses' })).toBe('The page of Les Rousses');
  for (const key of keys)
    expect(words[key].fr, key).not.toMatch(/(^|[^\p{L}])de \{(name|place|commune|operator|owner|advisor)\}/iu);
});

function places(text: string): string[] {
  return [...new Set(text.replace(/\{(de|à) /gi, '{').match(/\{\w+\}/g))].sort();
}
