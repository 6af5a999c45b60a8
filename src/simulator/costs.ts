import type { FigureName } from './figures.ts';
import { inWords, WORDS } from './rows.ts';
import type { Study } from './study.ts';

type Language = 'fr' | 'en';

/** Figures that say what is paid, those that are worse when they are more, and those that are worse when they are less. */
const WORSE_WHEN_MORE: readonly FigureName[] = ['holdMean', 'abandoned', 'neverServed', 'overtime'];
const WORSE_WHEN_LESS: readonly FigureName[] = ['own', 'named', 'reached15', 'reached60', 'reachedToday', 'within20'];

/**
 * What the first policy costs, said aloud in a sentence for each of the others; then its broken promises and its offers.
 * Where the two intervals touch, the sentence says that it may be chance.
 */
export function costsOf(studies: readonly Study[], language: Language): string[] {
  const [first, ...others] = studies;
  if (!first) return [];
  const compared = others.map((other) => {
    const named = [...WORSE_WHEN_MORE, ...WORSE_WHEN_LESS].flatMap((figure) => costIn(first, other, figure, language));
    if (language === 'fr')
      return named.length === 0
        ? `${first.policy} ne coûte rien à côté de ${other.policy}.`
        : `${first.policy} coûte, à côté de ${other.policy} : ${named.join(' ; ')}.`;
    return named.length === 0
      ? `${first.policy} costs nothing beside ${other.policy}.`
      : `${first.policy} costs, beside ${other.policy}: ${named.join('; ')}.`;
  });
  return [...compared, ...promisesBroken(first, language), ...offersHeard(first, language)];
}

const CHANCE = { fr: ' (peut-être le hasard)', en: ' (may be chance)' } as const;

/** One figure that is worse, as it is told: none when it is no worse, or looks the same. */
function costIn(first: Study, other: Study, figure: FigureName, language: Language): string[] {
  const [a, b] = [first.figures[figure], other.figures[figure]];
  const difference = WORSE_WHEN_MORE.includes(figure) ? a.mean - b.mean : b.mean - a.mean;
  const [mine, theirs] = [shown(first, figure, language), shown(other, figure, language)];
  if (!(difference > 0) || mine === theirs) return [];
  const chance = difference > (a.half || 0) + (b.half || 0) ? '' : CHANCE[language];
  return [`${WORDS[figure][language]} ${mine} / ${theirs}${chance}`];
}

function promisesBroken({ policy, figures: { promisesKept } }: Study, language: Language): string[] {
  const broken = 1 - promisesKept.mean;
  if (!(broken > 0)) return [];
  const one = Math.max(1, Math.round(1 / broken));
  return [
    language === 'fr'
      ? `Une promesse de rappel sur ${one} arrive en retard (${policy}).`
      : `One promised callback in ${one} is late (${policy}).`,
  ];
}

function offersHeard({ policy, figures: { offered, reached15 } }: Study, language: Language): string[] {
  if (!(offered.mean > 0)) return [];
  const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const [heard, later] = [offered.mean * 100, (1 - reached15.mean) * 100].map((value) => percent.format(value));
  return [
    language === 'fr'
      ? `${heard} appels sur 100 entendent une proposition, et l’attendent ; ${later} personnes sur 100 ne parlent à personne en 15 minutes (${policy}).`
      : `${heard} calls in 100 hear an offer, and hold for it; ${later} people in 100 speak to nobody within 15 minutes (${policy}).`,
  ];
}

function shown(study: Study, figure: FigureName, language: Language): string {
  return inWords({ mean: study.figures[figure].mean, half: Number.NaN }, WORDS[figure].unit, language);
}
