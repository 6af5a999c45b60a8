import { type Locale, typeset } from '../text/typeset.ts';
import type { Simulated, Staffing, StaffingFigure } from './staffing.ts';
import { STAFFING_FIGURES } from './staffing.ts';

const NOTES: Record<StaffingFigure, Record<Locale, string>> = {
  own: { fr: 'conversations avec son propre contact ÷ toutes, appels et rappels', en: 'conversations with one’s own contact ÷ all, calls and callbacks' },
  named: { fr: 'de même, avec ses deux binômes', en: 'the same with the two backups' },
  holdMean: { fr: 'de tous les appels, abandons et propositions acceptées compris', en: 'of all calls, those given up and offers accepted included' },
  holdP95: { fr: '95 appels sur 100 attendent moins', en: '95 calls of 100 hold less' },
  abandoned: { fr: 'appels raccrochés avant une réponse ÷ tous', en: 'calls given up before an answer ÷ all' },
  callbackP50: { fr: 'de la promesse au premier rappel', en: 'from the promise to the first try' },
  promisesKept: { fr: 'premiers rappels à l’heure ÷ toutes les promesses', en: 'first tries in time ÷ all promises' },
  reached15: { fr: 'personnes qui parlent à quelqu’un 15 minutes après leur premier appel ÷ toutes', en: 'people who speak to someone 15 minutes after their first call ÷ all' },
}; // biome-ignore format: one row a figure

/** What each simulated figure counts. */
export function staffingNotes(locale: Locale): { figure: string; note: string }[] {
  return STAFFING_FIGURES.map((figure) => ({
    figure: typeset(FIGURES[figure][locale], locale),
    note: typeset(NOTES[figure][locale], locale),
  }));
}

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
