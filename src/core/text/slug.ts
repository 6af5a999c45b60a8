/** A text as part of an address: "La coupure du 12" → "la-coupure-du-12". May be empty. At most `most` letters. */
export function slugOf(text: string, most = 70): string {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'oe')
    .replaceAll('æ', 'ae')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return plain.slice(0, most).replace(/^-+|-+$/g, '');
}
