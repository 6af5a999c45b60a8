import type { Locale } from '../../core/text/typeset.ts';

/** The first of our languages in an Accept-Language header, by its weights; `otherwise` when none is named. */
export function preferredLanguage(header: string | undefined, otherwise: Locale): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const weight = Number(rest.find((each) => each.trim().startsWith('q='))?.split('=')[1] ?? 1);
      return { tag, weight: Number.isNaN(weight) ? 0 : weight };
    })
    .filter(({ tag, weight }) => /^(fr|en)\b/.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  if (!wanted[0]) return otherwise;
  return wanted[0].tag.startsWith('en') ? 'en' : 'fr';
}
