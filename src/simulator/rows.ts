import { type Estimate, FIGURES, type FigureName } from './figures.ts';
import type { Study } from './study.ts';

type Unit = 'share' | 'seconds' | 'minutes';

/** Every figure of a report in words, with its unit. */
export const WORDS: Record<FigureName, { readonly fr: string; readonly en: string; readonly unit: Unit }> = {
  own: { fr: 'votre propre interlocuteur', en: 'own advisor', unit: 'share' },
  named: { fr: 'lui ou un binôme', en: 'own or a named backup', unit: 'share' },
  pod: { fr: 'quelqu’un de son équipe', en: 'someone of the pod', unit: 'share' },
  holdMean: { fr: 'attente moyenne', en: 'mean hold', unit: 'seconds' },
  holdP95: { fr: 'attente, 95 % des appels', en: 'hold, P95', unit: 'seconds' },
  liveP95: { fr: 'attente avant réponse, P95', en: 'hold when answered, P95', unit: 'seconds' },
  within20: { fr: 'réponse en 20 s', en: 'answered within 20 s', unit: 'share' },
  abandoned: { fr: 'abandons', en: 'abandoned', unit: 'share' },
  neverServed: { fr: 'jamais servis', en: 'never served', unit: 'share' },
  callbackP50: { fr: 'délai de rappel, médian', en: 'callback delay, P50', unit: 'minutes' },
  callbackP95: { fr: 'délai de rappel, P95', en: 'callback delay, P95', unit: 'minutes' },
  promisesKept: { fr: 'rappels à l’heure promise', en: 'callbacks kept in time', unit: 'share' },
  reached15: { fr: 'quelqu’un en 15 min', en: 'reached within 15 min', unit: 'share' },
  reached60: { fr: 'quelqu’un en 60 min', en: 'reached within 60 min', unit: 'share' },
  reachedToday: { fr: 'quelqu’un le jour même', en: 'reached the same day', unit: 'share' },
  ownLive: { fr: 'propre interlocuteur, en ligne', en: 'own, answered live', unit: 'share' },
  ownCallback: { fr: 'propre interlocuteur, rappels', en: 'own, callbacks', unit: 'share' },
  ownMessage: { fr: 'propre interlocuteur, messages', en: 'own, messages', unit: 'share' },
  offered: { fr: 'appels avec une proposition', en: 'calls that heard an offer', unit: 'share' },
  acceptedShare: { fr: 'propositions acceptées', en: 'offers accepted', unit: 'share' },
  busiest: { fr: 'interlocuteur le plus occupé', en: 'busiest advisor', unit: 'share' },
  leastBusy: { fr: 'interlocuteur le moins occupé', en: 'least busy advisor', unit: 'share' },
  overtime: { fr: 'après la fermeture, par jour', en: 'overtime, a day', unit: 'minutes' },
};

/** A line a figure, a column a policy: mean ± half of its 95 % interval. */
export function asRows(studies: readonly Study[], language: 'fr' | 'en'): string[][] {
  return FIGURES.map((figure) => [
    WORDS[figure][language],
    ...studies.map(({ figures }) => inWords(figures[figure], WORDS[figure].unit, language)),
  ]);
}

/** `–` when there was nothing to count. */
export function inWords({ mean, half }: Estimate, unit: Unit, language: 'fr' | 'en'): string {
  if (!Number.isFinite(mean)) return '–';
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const scale = unit === 'share' ? 100 : 1;
  const sign = { share: '%', seconds: 's', minutes: 'min' }[unit];
  const interval = Number.isFinite(half) ? ` ± ${format.format(half * scale)}` : '';
  return `${format.format(mean * scale)}${interval} ${sign}`;
}
