/** Fewest contacts, and fewest customers, of a group that is shown (Arcep's own habit, and ours). */
export const FEWEST_SHOWN = 10;

/**
 * Which groups of one division may be shown: those with 10 contacts and 10 customers. When what is left out could be
 * worked out from the total (one group, or fewer than 10 contacts or customers together), the smallest shown goes too.
 */
export function groupsShown(groups: readonly { key: string; contacts: number; customers: number }[]): Set<string> {
  const large = (group: { contacts: number; customers: number }) =>
    group.contacts >= FEWEST_SHOWN && group.customers >= FEWEST_SHOWN;
  const shown = groups.filter(large).sort((a, b) => b.contacts - a.contacts || (a.key < b.key ? -1 : 1));
  const hidden = groups.filter((group) => !large(group) && group.contacts > 0);
  while (hidden.length > 0 && shown.length > 0 && (hidden.length === 1 || !large(together(hidden))))
    hidden.push(...shown.splice(-1));
  return new Set(shown.map(({ key }) => key));
}

function together(groups: readonly { contacts: number; customers: number }[]): { contacts: number; customers: number } {
  const sum = (pick: (group: { contacts: number; customers: number }) => number) =>
    groups.reduce((total, group) => total + pick(group), 0);
  return { contacts: sum((group) => group.contacts), customers: sum((group) => group.customers) };
}
