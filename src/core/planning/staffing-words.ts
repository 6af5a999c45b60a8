import { type Locale, typeset } from '../text/typeset.ts';
import type { Simulated, Staffing, StaffingFigure } from './staffing.ts';
import { STAFFING_FIGURES } from './staffing.ts';

const FIGURES: Record<StaffingFigure, Record<Locale, string> & { unit: '%' | 's' | 'min' }> = {
  own: { fr: 'Avec son propre contact', en: 'With one’s own contact', unit: '%' },
  named: { fr: 'Ou un binôme', en: 'Or a backup', unit: '%' },
  holdMean: { fr: 'Attente moyenne, toute la journée', en: 'Mean hold, all day', unit: 's' },
  holdP95: { fr: 'Attente, 95 % des appels sous', en: 'Hold, 95% of calls below', unit: 's' },
  abandoned: { fr: 'Raccrochent', en: 'Give up', unit: '%' },
  callbackP50: { fr: 'Rappel, délai médian', en: 'Callback, median delay', unit: 'min' },
  promisesKept: { fr: 'Rappels à l’heure promise', en: 'Callbacks kept in time', unit: '%' },
  reached15: { fr: 'Quelqu’un en 15 minutes', en: 'Someone within 15 minutes', unit: '%' },
};

/** A row a figure, a column a number of advisors and a policy: the mean ± half of its 95 % interval. */
export function staffingTable(all: readonly Staffing[], locale: Locale): { head: string[]; rows: string[][] } {
  const of = { own: { fr: 'noms', en: 'names' }, hotline: { fr: 'standard', en: 'hotline' } };
  return {
    head: all.map(({ advisors, policy }) => `${advisors} · ${of[policy][locale]}`),
    rows: STAFFING_FIGURES.map((figure) => [
      typeset(FIGURES[figure][locale], locale),
      ...all.map(({ figures }) => shown(figures[figure], FIGURES[figure].unit, locale)),
    ]),
  };
}

/** What simulated numbers rest on, and what no simulation knows. */
export function staffingBasis(seeds: number, locale: Locale): string {
  return typeset(
    locale === 'fr'
      ? `Simulé avec les règles en vigueur : ${seeds} fois 34 jours ouvrés, intervalles à 95 %. Ils mesurent le hasard des jours, pas l’erreur des suppositions.`
      : `Simulated with the rules in force: ${seeds} times 34 working days, 95% intervals. They measure the chance of the days, not the error of the assumptions.`,
    locale,
  );
}

function shown({ mean, half }: Simulated, unit: '%' | 's' | 'min', locale: Locale): string {
  if (mean === null || !Number.isFinite(mean)) return '–';
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const scale = unit === '%' ? 100 : 1;
  const interval = half !== null && Number.isFinite(half) ? `\u00a0±\u00a0${number.format(half * scale)}` : '';
  return `${number.format(mean * scale)}${interval}\u00a0${unit}`;
}
