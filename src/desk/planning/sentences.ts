import type { Range } from '../../core/planning/plan-range.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';
import type { Plan } from './make-plan.ts';

const names: Record<keyof Plan['assumptions'], Record<Locale, string>> = {
  customers: { fr: 'Clients', en: 'Customers' },
  calls: { fr: 'Appels par mois', en: 'Calls a month' },
  callMinutes: { fr: 'Minutes par appel', en: 'Minutes a call' },
  messages: { fr: 'Messages écrits par mois', en: 'Written messages a month' },
  messageMinutes: { fr: 'Minutes par message', en: 'Minutes a message' },
  absence: { fr: 'Part des jours d’absence', en: 'Share of days away' },
  acceptance: { fr: 'Part des rappels acceptés', en: 'Share of callbacks accepted' },
  peak: { fr: 'Heure la plus chargée ÷ heure moyenne', en: 'Busiest hour ÷ mean hour' },
};

/**
 * Largest differences between formulas and simulated weeks, in points: 14 scenarios at acceptance .37, .6 and .85, four seeds
 * each (docs/decisions/planning.md). `calm`: where 6 % at most give up.
 */
export const FORMULAS_DIFFER = { own: 12, named: 26, calmOwn: 6, calmNamed: 5 } as const;

/** What a plan says and what it rests on: the number first, then each assumption with its range and its source. */
export function planSentences(plan: Plan, locale: Locale): string[] {
  const { needed, advisorsNow, assumptions, assumed } = plan;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const fill = (fr: string, en: string, values: Record<string, string | number>) =>
    typeset(
      (locale === 'fr' ? fr : en).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
      locale,
    );
  const { forWork, forCalls } = needed;
  const people = {
    needed: ranged(needed.needed, number),
    forWork: ranged(forWork, number),
    forCalls: ranged(forCalls, number),
  };
  const first = fill(
    'Il faut {needed} interlocuteurs : {forWork} pour le travail, occupés à 85 % au plus, et {forCalls} pour que 3 % au plus raccrochent à l’heure la plus chargée. Vous êtes {advisorsNow}.',
    '{needed} advisors are needed: {forWork} for the work, busy 85% of the time at most, and {forCalls} so that 3% at most give up in the busiest hour. You are {advisorsNow}.',
    { ...people, advisorsNow },
  );
  const cost = costSentence(plan, number, fill);
  const basis = (Object.keys(names) as (keyof Plan['assumptions'])[]).map((name) => {
    const { value, low, high, measuredOn } = assumptions[name];
    const values = {
      name: names[name][locale], value: number.format(value), low: number.format(low), high: number.format(high),
      count: number.format(measuredOn), assumed: number.format(assumed[name].value),
    }; // biome-ignore format: one sentence
    if (name === 'customers' && measuredOn > 0)
      return fill('{name} : {value}, comptés.', '{name}: {value}, counted.', values);
    if (measuredOn > 0)
      return fill(
        '{name} : {value} ({low} à {high}), mesuré sur {count} cas ; supposé {assumed}.',
        '{name}: {value} ({low} to {high}), measured on {count} cases; assumed {assumed}.',
        values,
      );
    if (low === high && (name !== 'customers' || value !== assumed[name].value))
      return fill(
        '{name} : {value}, saisi ; supposé {assumed}.',
        '{name}: {value}, entered; assumed {assumed}.',
        values,
      );
    return fill(
      '{name} : {value} ({low} à {high}), supposé, faute de mesures.',
      '{name}: {value} ({low} to {high}), assumed, for lack of measurements.',
      values,
    );
  });
  const ranges = fill(
    'Les fourchettes viennent des suppositions, toutes déplacées ensemble. Sur 42 simulations, les formules s’écartent de {own} points au plus pour son propre contact, de {named} avec les binômes. Là où 6 % au plus raccrochent : de {calmOwn} et de {calmNamed}.',
    'Ranges come from the assumptions, all moved together. Over 42 simulations the formulas differ by {own} points at most in own share, {named} in named share. Where 6% at most give up: by {calmOwn} and {calmNamed}.',
    FORMULAS_DIFFER,
  );
  return [first, cost, ranges, ...basis];
}

type Fill = (fr: string, en: string, values: Record<string, string | number>) => string;

/** People and money beside a hotline that serves as well. */
function costSentence({ cost, chosen }: Plan, number: Intl.NumberFormat, fill: Fill): string {
  const { advisors, hotline, money } = cost;
  const people = fill(
    'À attente et abandons égaux, un standard sans noms demanderait {hotline} personnes pour {advisors} interlocuteurs. À effectif égal, chacun attend {more} s de plus qu’au standard : le temps d’entendre qui rappelle.',
    'For the same hold and losses a hotline without names would need {hotline} people for {advisors} advisors. With as many people everyone holds {more} s longer than there: the time to hear who calls back.',
    {
      hotline: ranged(hotline, number),
      advisors,
      more: ranged(chosen.offerHoldSeconds, number),
    },
  );
  if (!money) return people;
  const whole = new Intl.NumberFormat(number.resolvedOptions().locale, { maximumFractionDigits: 0 });
  const { value, low, high } = money.hotline;
  const extra = { value: money.advisors - value, low: money.advisors - high, high: money.advisors - low };
  const paid = fill(
    'À {perHour} l’heure et 168 heures payées par mois, cela fait {advisors} par mois contre {hotline} : {extra} de plus.',
    'At {perHour} an hour and 168 paid hours a month that is {advisors} a month against {hotline}: {extra} more.',
    {
      perHour: number.format(money.perHour),
      advisors: whole.format(money.advisors),
      hotline: ranged(money.hotline, whole),
      extra: ranged(extra, whole),
    },
  );
  return `${people} ${paid}`;
}

/** "30 (27–36)", or "30" where nothing moves it. */
function ranged({ value, low, high }: Range, number: Intl.NumberFormat): string {
  const [middle, least, most] = [value, low, high].map((each) => number.format(each));
  return least === most ? `${middle}` : `${middle} (${least}–${most})`;
}
