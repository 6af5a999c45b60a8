/** Languages people can read Visavis in. */
export type Locale = 'fr' | 'en';

const NARROW = '\u202f';
const FIXED = '\u00a0';

/**
 * Sets a sentence as a printer would: curly apostrophes everywhere, and in French the spaces that must not break
 * (narrow before ; ! ? and %, full before : and inside « »). Source texts can then be typed on any keyboard.
 */
export function typeset(text: string, locale: Locale): string {
  const quoted = text.replace(/(\p{L}|\})'(?=\p{L}|\{|$)/gu, '$1’');
  if (locale === 'en') return quoted;
  return quoted
    .replace(/[ \u00a0\u202f]+([;!?%])/g, `${NARROW}$1`)
    .replace(/[ \u00a0\u202f]+:/g, `${FIXED}:`)
    .replace(/« ?/g, `«${FIXED}`)
    .replace(/ ?»/g, `${FIXED}»`)
    .replace(/(\d) (?=(h|Mo|km|min)\b)/g, `$1${FIXED}`);
}
