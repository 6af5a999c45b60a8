import { expect, test } from 'vitest';
import { englishWordsIn } from './english.ts';

test('English is found in a sentence, and not in what somebody types', () => {
  expect(englishWordsIn('Nothing was changed.')).toEqual(['Nothing', 'was', 'changed']);
  expect(englishWordsIn('Rien n’a été changé. Voyez : visavis advisor list --without ana@example.org')).toEqual([]);
  expect(englishWordsIn('- open.from : écrivez une heure comme 09:00.')).toEqual([]);
});
