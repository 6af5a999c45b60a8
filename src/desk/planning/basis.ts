import type { Outlook } from '../../core/planning/plan.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';
import { FORMULAS_DIFFER } from './sentences.ts';

/** Every kind of number a plan shows. */
export type PlanNumber =
  | Exclude<keyof Outlook, 'advisors' | 'offerHoldSeconds'>
  | 'needed'
  | 'sensitivity'
  | 'staffPlot'
  | 'loadPlot'
  | 'dayPlot';

const BASIS: Record<PlanNumber, Record<Locale, string>> = {
  needed: {
    fr: 'Travail ÷ (480 minutes × 21 jours × présence × 85 %) ; appels : Erlang A, toutes les personnes à leur poste répondent.',
    en: 'Work ÷ (480 minutes × 21 days × presence × 85%); calls: Erlang A, everyone at their desk answers.',
  },
  caseload: { fr: 'Clients ÷ interlocuteurs.', en: 'Customers ÷ advisors.' },
  occupancy: {
    fr: 'Minutes d’appels et de messages ÷ minutes de présence : 480 par jour, 21 jours, moins les absences.',
    en: 'Minutes of calls and messages ÷ minutes present: 480 a day, 21 days, less absence.',
  },
  own: {
    fr: 'Libre, il répond ; en ligne, il rappelle qui accepte. Absent, 12 %. La simulation s’en écarte de {own} points au plus.',
    en: 'Free, they answer; on a call, they ring back who accepts. Away, 12%. Simulation differs by {own} points at most.',
  },
  named: {
    fr: 'De même, avec deux binômes libres ou qui rappellent. La simulation s’en écarte de {named} points au plus.',
    en: 'The same with two backups who are free or ring back. Simulation differs by {named} points at most.',
  },
  holdSeconds: {
    fr: 'Erlang A à l’heure la plus chargée, patience moyenne de 4 minutes ; plus 6 secondes pour qui entend une proposition.',
    en: 'Erlang A in the busiest hour, mean patience 4 minutes; plus 6 seconds for those who hear an offer.',
  },
  hotlineHoldSeconds: {
    fr: 'Erlang A avec les mêmes personnes, sans noms ni propositions.',
    en: 'Erlang A with the same people, without names and offers.',
  },
  abandoned: {
    fr: 'Erlang A : la patience, 4 minutes en moyenne, finit avant que quelqu’un soit libre.',
    en: 'Erlang A: patience, 4 minutes on average, ends before anyone is free.',
  },
  callbackMinutes: {
    fr: 'Règle des promesses : 10 minutes, plus 1,5 fois l’appel en cours et les rappels déjà dus.',
    en: 'The rule of promises: 10 minutes, plus 1.5 times the call going on and the callbacks owed.',
  },
  sensitivity: {
    fr: 'Une supposition prend la valeur de la ligne ; les fourchettes viennent des autres. Mêmes formules.',
    en: 'One assumption takes the value of the row; ranges come from the others. Same formulas.',
  },
  staffPlot: {
    fr: 'Les formules des parts, pour chaque effectif ; la bande est leur fourchette.',
    en: 'The formulas of the shares for each number of people; the band is their range.',
  },
  loadPlot: {
    fr: 'Erlang A, de 60 à 140 % des appels et des messages ; la bande vient des autres suppositions.',
    en: 'Erlang A, with 60 to 140% of the calls and messages; the band comes from the other assumptions.',
  },
  dayPlot: {
    fr: 'À leur poste : effectif × présence, la moitié au déjeuner. En ligne : appels de l’heure × minutes ÷ 60.',
    en: 'At their desk: people × presence, half at lunch. On calls: calls of the hour × minutes ÷ 60.',
  },
};

/** What a number of a plan rests on, in a sentence. */
export function basisOf(number: PlanNumber, locale: Locale): string {
  const { own, named } = FORMULAS_DIFFER;
  const filled = BASIS[number][locale].replace('{own}', String(own)).replace('{named}', String(named));
  return typeset(filled, locale);
}
