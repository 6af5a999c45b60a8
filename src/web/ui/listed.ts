import type { Locale } from '../../core/text/typeset.ts';
import { speak } from './words/words.ts';

/** "A", "A et B", "A, B et C". */
export function listed(names: readonly string[], locale: Locale): string {
  const last = names.at(-1) ?? '';
  if (names.length < 2) return last;
  return speak(locale)('and', { first: names.slice(0, -1).join(', '), last });
}
