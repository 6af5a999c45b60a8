/**
 * A customer or line reference as people copy it from a bill: upper case, without spaces, hyphens, dots or slashes.
 * Undefined when nothing is left, or when it holds what a reference never does.
 */
export function normaliseReference(typed: string): string | undefined {
  const reference = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^(N[°ºO]|REF|RÉF)[\s.:]+/u, '')
    .replace(/[\s\p{Pd}._/]/gu, '');
  return /^[A-Z0-9]{1,40}$/.test(reference) ? reference : undefined;
}
