import type { Locale } from '../core/text/typeset.ts';
import type { Plan } from '../desk/planning/make-plan.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis plan` says of itself. */
export const planHelp = {
  about: {
    fr: "combien d'interlocuteurs la demande exige, et ce qu'un de plus ou de moins changerait ; rien n'est changé",
    en: 'how many advisors the demand needs, and what one more or less would change; nothing is changed',
  },
  customers: { fr: 'clients', en: 'customers' },
  calls: { fr: 'appels par mois', en: 'calls a month' },
  messages: { fr: 'messages écrits par mois', en: 'written messages a month' },
  callMinutes: { fr: "durée moyenne d'un appel", en: 'mean length of a call' },
  messageMinutes: { fr: "travail moyen d'un message", en: 'mean work of a message' },
  absence: {
    fr: 'jours ouvrés où un interlocuteur est absent, sur 100',
    en: 'working days an advisor is away, in 100',
  },
  acceptance: {
    fr: 'appelants qui acceptent un rappel de leur propre interlocuteur, sur 100',
    en: 'callers who accept a callback of their own advisor, in 100',
  },
  peak: {
    fr: "appels de l'heure la plus chargée ÷ appels d'une heure moyenne",
    en: 'calls of the busiest hour ÷ calls of a mean hour',
  },
  advisors: { fr: "regarder ce nombre d'interlocuteurs", en: 'look at this number of advisors' },
  hourlyCost: {
    fr: "ce que coûte une heure de travail, en toute monnaie : ajoute le coût à côté d'un standard",
    en: 'what an hour of work costs, in any money: adds the cost beside a hotline',
  },
  simulate: {
    fr: 'affine la réponse par des semaines simulées avec les règles en vigueur (une minute environ)',
    en: 'refines the answer by simulated weeks with the rules in force (about a minute)',
  },
  french: { fr: 'en français, quel que soit le terminal', en: 'in French' },
  after: {
    fr: "Ce qui n'est pas saisi est mesuré sur 90 jours ; ce qui n'a pas été mesuré est supposé.",
    en: 'What is not entered is measured over 90 days; what was not measured is assumed.',
  },
} as const satisfies Record<string, Both>;

/** What cannot be planned as it was typed. */
export const planProblems = {
  positive: { fr: 'Écrivez un nombre au-dessus de 0.', en: 'Write a number above 0.' },
  whole: { fr: 'Écrivez un nombre entier, au plus 5000.', en: 'Write a whole number up to 5000.' },
  percentage: { fr: 'Écrivez un nombre de 0 à 90.', en: 'Write a number from 0 to 90.' },
} as const satisfies Record<string, Both>;

/** Why nothing was simulated. */
export const planRefused = {
  tooMuch: {
    fr: 'Il y a trop de travail pour ce nombre de personnes : la file ne ferait que grandir. Essayez avec plus d’interlocuteurs.',
    en: 'There is too much work for so few people: the queue would only grow. Try with more --advisors.',
  },
  stopped: {
    fr: 'Arrêté. Les formules ci-dessus restent vraies.',
    en: 'Stopped. The formulas above still hold.',
  },
} as const satisfies Record<string, Both>;

/** Figures of a plan that stand in its table. */
export type PlanFigure = Exclude<keyof Plan['chosen'], 'advisors' | 'offerHoldSeconds'>;

interface PlanWords {
  advisors: string;
  figures: Record<PlanFigure, string>;
  /** Headings of what would follow if the assumptions were others. */
  ifHead: [ifSo: string, needed: string, own: string, named: string, hold: string];
  assumptions: Record<Plan['sensitivity'][number]['what'], string>;
}

/** Rows and headings of the tables. */
export const planTables: Record<Locale, PlanWords> = {
  fr: {
    advisors: 'interlocuteurs',
    figures: {
      caseload: 'clients par personne',
      occupancy: 'travail ÷ temps, %',
      own: 'propre contact, %',
      named: 'ou un binôme, %',
      holdSeconds: 'attente à l’heure la plus chargée, s',
      hotlineHoldSeconds: 'la même au standard, s',
      abandoned: 'raccrochent à cette heure, %',
      callbackMinutes: 'rappel promis sous, min',
    },
    ifHead: ['si', 'il en faut', 'propre, %', 'binôme, %', 'attente, s'],
    assumptions: { absence: 'absence', acceptance: 'acceptation' },
  },
  en: {
    advisors: 'advisors',
    figures: {
      caseload: 'customers each',
      occupancy: 'work ÷ time, %',
      own: 'own share, %',
      named: 'named share, %',
      holdSeconds: 'hold in the busiest hour, s',
      hotlineHoldSeconds: 'the same in a hotline, s',
      abandoned: 'give up in the busiest hour, %',
      callbackMinutes: 'callback due within, min',
    },
    ifHead: ['if', 'advisors needed', 'own, %', 'named, %', 'hold, s'],
    assumptions: { absence: 'absence', acceptance: 'acceptance' },
  },
};
