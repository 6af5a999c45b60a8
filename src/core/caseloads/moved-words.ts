import { type Locale, typeset } from '../text/typeset.ts';

/** What is told of a proposal: who changes contact, and the fewest that any balanced division changes. */
export interface Moved {
  readonly kind: 'design' | 'repair';
  /** Whether every load lies within its limits. */
  readonly balanced: boolean;
  readonly moved: number;
  /** A bound that counts customers one by one, as if every area could be cut anywhere (`measureCaseloads`). */
  readonly floor: number;
}

const sentences = {
  none: { fr: 'Personne ne change de contact.', en: 'Nobody changes contact.' },
  moved: { fr: 'Clients qui changent de contact : {moved}.', en: 'Customers who change contact: {moved}.' },
  fewest: {
    fr: 'Aucune répartition équilibrée n’en change moins.',
    en: 'No balanced division changes fewer.',
  },
  above: {
    fr: 'Aucune répartition équilibrée n’en change moins de {floor}. Ce minimum suppose que l’on puisse couper chaque commune n’importe où. Ce plan en change {above} de plus : il garde les secteurs entiers, et les trajets courts.',
    en: 'No balanced division changes fewer than {floor}. That minimum supposes that every town can be cut anywhere. This plan changes {above} more: it keeps areas whole, and distances short.',
  },
  anew: {
    fr: 'Tout est réparti à nouveau, d’où ce nombre. Une réparation en changerait moins, {floor} au minimum.',
    en: 'Everything is divided anew, hence the number. A repair would change fewer, {floor} at least.',
  },
  unbalanced: {
    fr: 'Pour une répartition équilibrée, il en faudrait au moins {floor}.',
    en: 'A balanced division would need at least {floor}.',
  },
} as const satisfies Record<string, Record<Locale, string>>;

/** How many change contact, beside the fewest possible, in sentences that say what the minimum supposes. */
export function movedWords(proposal: Moved, locale: Locale): string {
  const { moved, floor } = proposal;
  const words = [moved === 0 ? 'none' : 'moved', besideFloor(proposal)] as const;
  const values: Record<string, number> = { moved, floor, above: moved - floor };
  return words
    .filter((word) => word !== null)
    .map((word) => typeset(sentences[word][locale], locale))
    .join(' ')
    .replace(/\{(\w+)\}/g, (_, name: string) => new Intl.NumberFormat(locale).format(values[name] ?? 0));
}

function besideFloor({ kind, balanced, moved, floor }: Moved): keyof typeof sentences | null {
  if (!balanced) return moved < floor ? 'unbalanced' : null;
  if (moved <= floor) return moved === 0 ? null : 'fewest';
  return kind === 'design' ? 'anew' : 'above';
}
