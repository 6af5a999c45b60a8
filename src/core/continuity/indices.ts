/** Continuity of one customer's contacts; null where an index is not defined for so few contacts. */
export interface Continuity {
  contacts: number;
  /** Contacts with one's own advisor ÷ all. */
  ownShare: number | null;
  /** Contacts with one's own advisor or a backup ÷ all. */
  namedShare: number | null;
  /** Usual provider of care: contacts with the person met most ÷ all. */
  upc: number | null;
  /** Bice–Boxerman: (Σ n_i² − N) ÷ (N (N − 1)); from two contacts on. */
  coc: number | null;
  /** Share of consecutive contacts with the same person; from two contacts on. */
  secon: number | null;
  people: number;
}

/** Whom the customer spoke to; whether that was their own advisor, or else a backup of theirs, at that time. */
export interface Contact {
  with: string;
  own: boolean;
  named: boolean;
}

/** Indices of contacts in the order of time: whom the customer spoke to, and who that was to them. */
export function measureContinuity(contacts: readonly Contact[]): Continuity {
  const all = contacts.length;
  const counts = [...countBy(contacts).values()];
  const squares = counts.reduce((sum, count) => sum + count * count, 0);
  const own = contacts.filter((contact) => contact.own).length;
  const named = contacts.filter((contact) => contact.named).length;
  const repeated = contacts.filter((contact, index) => index > 0 && contacts[index - 1]?.with === contact.with).length;
  return {
    contacts: all,
    ownShare: all > 0 ? own / all : null,
    namedShare: all > 0 ? named / all : null,
    upc: all > 0 ? Math.max(...counts) / all : null,
    coc: all > 1 ? (squares - all) / (all * (all - 1)) : null,
    secon: all > 1 ? repeated / (all - 1) : null,
    people: counts.length,
  };
}

function countBy(contacts: readonly Contact[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const contact of contacts) counts.set(contact.with, (counts.get(contact.with) ?? 0) + 1);
  return counts;
}
