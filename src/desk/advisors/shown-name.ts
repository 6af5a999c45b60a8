/** The name customers see: in full, or the first name alone for an advisor who chose so. */
export function shownName(advisor: { givenName: string; familyName: string; shownAs: string }): string {
  return advisor.shownAs === 'first' ? advisor.givenName : `${advisor.givenName} ${advisor.familyName}`;
}
