/** A 302 with more than these helps nobody: each one rings for a while. */
const MOST_CONTACTS = 9;

/** Where a call goes next, best first, as the Contact header of a 302. Whoever follows it tries the highest q first. */
export function redirectContacts(uris: readonly string[]): string {
  return uris
    .slice(0, MOST_CONTACTS)
    .map((uri, place) => `<${uri}>;q=${(1 - place / 10).toFixed(1)}`)
    .join(', ');
}
