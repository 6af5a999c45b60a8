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

/** What a plan says and what it rests on: the number first, then each assumption with its range and its source. */
export function planSentences(plan: Plan, locale: Locale): string[] {
  const { needed, advisorsNow, assumptions, assumed } = plan;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const fill = (fr: string, en: string, values: Record<string, string | number>) =>
    typeset(
      (locale === 'fr' ? fr : en).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
      locale,
    );
  const first = fill(
    'Il faut {needed} interlocuteurs : {forWork} pour le travail, occupés à 85 % au plus, et {forCalls} pour que 3 % au plus raccrochent à l’heure la plus chargée. Vous êtes {advisorsNow}.',
    '{needed} advisors are needed: {forWork} for the work, busy 85% of the time at most, and {forCalls} so that 3% at most give up in the busiest hour. You are {advisorsNow}.',
    { ...needed, advisorsNow },
  );
  const cost = fill(
    'Le standard demande autant de monde. Avec votre contact, chacun attend {more} s de plus : le temps d’entendre qui rappelle. Qui accepte un rappel parle plus tard à quelqu’un, par choix.',
    'A hotline needs as many people. With one’s own contact everyone holds {more} s longer: the time to hear who calls back. Whoever accepts a callback speaks to someone later, by choice.',
    { more: number.format(plan.chosen.holdSeconds.value - plan.chosen.hotlineHoldSeconds.value) },
  );
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
    if (low === high && value !== assumed[name].value)
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
    'Les fourchettes viennent des suppositions, toutes déplacées ensemble. Les formules s’écartent de la simulation de 6 points au plus pour la part de son propre contact.',
    'Ranges come from the assumptions, all moved together. The formulas differ from simulation by 6 points at most in own share.',
    {},
  );
  return [first, cost, ranges, ...basis];
}
