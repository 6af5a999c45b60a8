const LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  þ: 'th',
  ð: 'd',
};
const ABBREVIATIONS: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte' };

/**
 * How names of communes and people are compared: without accents, case, ligatures, hyphens or apostrophes, and with
 * St and Ste spelled out. "L'Isle-s/-le-Doubs", "SAINT CLAUDE" and "St-Claude" meet their namesakes. Same rule as the
 * database's `commune_key`, so that either side may make the key. Letters are spelled out after their marks have gone, or
 * "ǽ" would only become "æ".
 */
export function searchKey(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøłđıþð]/g, (letter) => LETTERS[letter] ?? letter)
    .split(/[\s\p{Pd}'’‘ʼ`´./,()]+/u)
    .filter((word) => word !== '')
    .map((word) => ABBREVIATIONS[word] ?? word)
    .join(' ');
}
