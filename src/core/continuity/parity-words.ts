import { type Locale, typeset } from '../text/typeset.ts';
import type { Estimate } from './interval.ts';
import type { Parity, ParityMeasure } from './parity.ts';

const measures: Record<ParityMeasure, Record<Locale, string>> = {
  inTimeToHuman: { fr: 'Réponses d’une personne sous 24 heures', en: 'Answered by a person within 24 hours' },
  ownShare: { fr: 'Échanges avec son propre contact', en: 'Exchanges with one’s own contact' },
  kept: { fr: 'Promesses tenues', en: 'Promises kept' },
};

const sentences: Record<Parity['verdict'], Record<Locale, string>> = {
  too_few: {
    fr: '{measure} : trop peu de cas pour conclure ({a} pour les mairies, {b} pour les abonnés).',
    en: '{measure}: too few cases to conclude ({a} for town halls, {b} for subscribers).',
  },
  too_vague: {
    fr: '{measure} : {officials} pour les mairies, {subscribers} pour les abonnés. L’écart est trop incertain pour conclure : il se situe entre {low} et {high} points.',
    en: '{measure}: {officials} for town halls, {subscribers} for subscribers. The difference is too uncertain to conclude: it lies between {low} and {high} points.',
  },
  equal: {
    fr: '{measure} : {officials} pour les mairies, {subscribers} pour les abonnés. Le traitement est le même, à moins de 5 points près.',
    en: '{measure}: {officials} for town halls, {subscribers} for subscribers. Treatment is the same, to within 5 points.',
  },
  no_difference_shown: {
    fr: '{measure} : {officials} pour les mairies, {subscribers} pour les abonnés. Aucune différence n’est établie : l’écart se situe entre {low} et {high} points.',
    en: '{measure}: {officials} for town halls, {subscribers} for subscribers. No difference is shown: it lies between {low} and {high} points.',
  },
  officials_better: {
    fr: '{measure} : {officials} pour les mairies, {subscribers} pour les abonnés. Les mairies sont mieux servies : l’écart se situe entre {low} et {high} points.',
    en: '{measure}: {officials} for town halls, {subscribers} for subscribers. Town halls are served better: the difference lies between {low} and {high} points.',
  },
  officials_worse: {
    fr: '{measure} : {officials} pour les mairies, {subscribers} pour les abonnés. Les mairies sont moins bien servies : l’écart se situe entre {low} et {high} points.',
    en: '{measure}: {officials} for town halls, {subscribers} for subscribers. Town halls are served less well: the difference lies between {low} and {high} points.',
  },
};

/** What the comparison shows, in plain words; says so when there is too little to say. */
export function paritySentence(parity: Parity, locale: Locale): string {
  const values: Record<string, string> = {
    measure: measures[parity.measure][locale],
    a: few(parity.officials.share, parity.officials.contacts, locale),
    b: few(parity.subscribers.share, parity.subscribers.contacts, locale),
    officials: percent(parity.officials.share, locale),
    subscribers: percent(parity.subscribers.share, locale),
    low: points(parity.difference?.low, locale),
    high: points(parity.difference?.high, locale),
  };
  const sentence = sentences[parity.verdict][locale];
  return typeset(
    sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
    locale,
  );
}

/** A count is not given away where its group is not shown. */
function few(share: Estimate | null, contacts: number, locale: Locale): string {
  if (share) return String(contacts);
  return contacts === 0 ? '0' : locale === 'fr' ? 'moins de 10' : 'fewer than 10';
}

/** Shares without decimals, except near 0 and 1 where one would mislead. */
export function percent(share: Estimate | null, locale: Locale): string {
  if (!share) return '–';
  const digits = share.value > 0.95 && share.value < 1 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(share.value);
}

function points(value: number | undefined, locale: Locale): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' } as const;
  return value === undefined ? '–' : new Intl.NumberFormat(locale, digits).format(value * 100);
}
