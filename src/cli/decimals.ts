import type { Locale } from '../core/text/typeset.ts';

/** A number with that many decimals as the language writes them: 12.5, or 12,5. */
export function decimals(value: number, digits: number, language: Locale): string {
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return new Intl.NumberFormat(language, format).format(value);
}
