/** A number as people type it in either language: "1,5" and "1.5"; NaN for anything else, also for nothing. */
export function numberTyped(typed: string | undefined): number {
  const text = (typed ?? '')
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** A number to type over, with the comma or point of the language and no thousands separators. */
export function numberToType(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 4, useGrouping: false }).format(value);
}
