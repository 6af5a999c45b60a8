import { expect, test } from 'vitest';
import { fillIn } from './fill-in.ts';
import { ofName, toName } from './french-names.ts';

test.each([
  ['Arinthod', 'd’Arinthod', 'à Arinthod'],
  ['Ornans', 'd’Ornans', 'à Ornans'],
  ['Étrepigney', 'd’Étrepigney', 'à Étrepigney'],
  ['Œuilly', 'd’Œuilly', 'à Œuilly'],
  ['Les Rousses', 'des Rousses', 'aux Rousses'],
  ['Le Frasnois', 'du Frasnois', 'au Frasnois'],
  ['La Chaux-du-Dombief', 'de La Chaux-du-Dombief', 'à La Chaux-du-Dombief'],
  ['L’Étoile', 'de L’Étoile', 'à L’Étoile'],
  ['Hérimoncourt', 'd’Hérimoncourt', 'à Hérimoncourt'],
  ['Hauteroche', 'de Hauteroche', 'à Hauteroche'],
  ['Les Hauts de Bienne', 'des Hauts de Bienne', 'aux Hauts de Bienne'],
  ['Le Havre', 'du Havre', 'au Havre'],
  ['Besançon', 'de Besançon', 'à Besançon'],
  ['Lesay', 'de Lesay', 'à Lesay'],
  ['Leschères', 'de Leschères', 'à Leschères'],
  ['Yves Rolet', 'd’Yves Rolet', 'à Yves Rolet'],
  ['Yann Pernet', 'de Yann Pernet', 'à Yann Pernet'],
  ['Hélène Grandvaux', 'd’Hélène Grandvaux', 'à Hélène Grandvaux'],
  ['06 39 98 01 01', 'de 06 39 98 01 01', 'à 06 39 98 01 01'],
])('%s is joined as it begins', (name, of, to) => {
  expect([ofName(name), toName(name)]).toEqual([of, to]);
});

test('a text says how its names are joined, and what has no value stays a mark', () => {
  const valueFor = (key: string) => ({ place: 'Les Rousses', from: 'Ornans', n: 2 })[key];
  expect(fillIn('La page {de place}, {n} personnes {à place}.', valueFor)).toBe(
    'La page des Rousses, 2 personnes aux Rousses.',
  );
  expect(fillIn('{De from} {à place} : {place}', valueFor)).toBe('D’Ornans aux Rousses : Les Rousses');
  expect(fillIn('{de nobody} {nobody}', valueFor)).toBe('{de nobody} {nobody}');
});
