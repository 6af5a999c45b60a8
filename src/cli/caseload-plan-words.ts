import type { Locale } from '../core/text/typeset.ts';
import type { ListedPlan } from '../desk/views/caseload-plans.ts';
import type { Both } from '../platform/config/said-in-both.ts';
import { customerHelp, unknownCustomer } from './customer-words.ts';

/** What the commands that list, show, undo and pin say of themselves. */
export const plansHelp = {
  list: {
    fr: 'les plans : qui les a demandés, appliqués ou repris, pourquoi, et où ils en sont',
    en: 'plans of caseloads: who asked, who applied or undid them, why, and how far they are',
  },
  show: { fr: 'un plan : avant et après, et où il en est', en: 'one plan: before and after, and how far it is' },
  plan: { fr: 'son numéro, dans la liste', en: 'its number, from the list' },
  cancel: {
    fr: "abandonner un plan en cours de calcul, ou qui n'est pas appliqué",
    en: 'give a plan up that is being worked out or not applied',
  },
  undo: {
    fr: 'reprendre un plan appliqué, pendant son préavis ; qui a été prévenu le sera à nouveau',
    en: 'take an applied plan back within its notice; whoever was told is told',
  },
  undoWhy: {
    fr: "pour l'historique ; ceux qui reviennent le lisent comme relais",
    en: 'for the history; those who go back read it as handover',
  },
  pin: {
    fr: 'un client garde son interlocuteur, quoi que gagne un plan',
    en: 'a customer stays with their advisor, whatever a plan would gain',
  },
  pinWhy: {
    fr: 'pour les collègues : une longue connaissance, une personne fragile',
    en: 'for colleagues: a long acquaintance, somebody vulnerable',
  },
  unpin: { fr: "un client peut de nouveau changer d'interlocuteur", en: 'a customer may move again' },
  reference: customerHelp.reference,
} as const satisfies Record<string, Both>;

/** A list of plans, a row each. */
export const planTable: Record<Locale, { head: string[]; kind: Kinds; cause: Causes; state: States }> = {
  en: {
    head: ['plan', 'asked', 'what', 'state', 'customers', 'why'],
    kind: { design: 'design', repair: 'repair', sectors: 'sectors' },
    cause: { part: 'with', comes: 'with', leaves: 'without', away: 'away', works: 'working' },
    state: {
      waiting: 'waiting',
      working: 'working',
      ready: 'ready',
      failed: 'failed',
      cancelled: 'cancelled',
      applying: 'applying',
      applied: 'applied',
      undoing: 'undoing',
      undone: 'undone',
    },
  },
  fr: {
    head: ['plan', 'demandé', 'quoi', 'état', 'clients', 'pourquoi'],
    kind: { design: 'nouvelle répartition', repair: 'réparation', sectors: 'découpage en secteurs' },
    cause: { part: 'avec', comes: 'avec', leaves: 'sans', away: 'absence\u00a0:', works: 'temps de travail\u00a0:' },
    state: {
      waiting: 'en attente',
      working: 'en calcul',
      ready: 'à décider',
      failed: 'impossible',
      cancelled: 'abandonné',
      applying: "en cours d'application",
      applied: 'appliqué',
      undoing: 'retour en cours',
      undone: 'repris',
    },
  },
};

type Kinds = Record<ListedPlan['kind'], string>;
type Causes = Record<ListedPlan['people'][number]['cause'], string>;
type States = Record<ListedPlan['state'], string>;

/** What a plan is about, in a few words: "repair without Ana Perrin". */
export function planInWords({ kind, people, departements }: ListedPlan, language: Locale): string {
  const words = planTable[language];
  const french = language === 'fr';
  const who = people.map(({ name, cause, share }) =>
    [words.cause[cause], name, share === null ? '' : `${Math.round(share * 100)} %`].filter(Boolean).join(' '),
  );
  const many = french ? `avec ${who.length} interlocuteurs` : `with ${who.length} advisors`;
  const where = `${french ? 'départements' : 'in'} ${departements.join(', ')}`;
  const parts = [words.kind[kind], ...(who.length > 4 ? [many] : who), ...(departements.length > 0 ? [where] : [])];
  return parts.join(french ? ', ' : ' ');
}

/** How far a plan is, in customers. */
export function planProgressWords(
  { customers: { all, introduced, changed, withdrawn } }: ListedPlan,
  language: Locale,
): string {
  return language === 'fr'
    ? `${all}, dont prévenus ${introduced}, changés ${changed}, retirés ${withdrawn}`
    : `${all}: ${introduced} introduced, ${changed} changed, ${withdrawn} withdrawn`;
}

/** What one plan is, where it stands, and the letters that wait for a printer. */
export function planSentences(plan: ListedPlan): Both {
  const { letters } = plan.customers;
  const said = (language: Locale) => planInWords(plan, language);
  const state = (language: Locale) => planTable[language].state[plan.state];
  const far = (language: Locale) => planProgressWords(plan, language);
  const [lettersFr, lettersEn] =
    letters > 0
      ? [
          `\nNi courriel ni SMS ne les joint, lettres à imprimer (sur la page du plan) : ${letters}`,
          `\nNeither mail nor SMS reached them, letters to print (on the page of the plan): ${letters}`,
        ]
      : ['', ''];
  return {
    fr: `${said('fr')} : ${state('fr')}. Clients : ${far('fr')}.${lettersFr}`,
    en: `${said('en')}: ${state('en')}. Customers ${far('en')}.${lettersEn}`,
  };
}

/** What became of a plan or a pin. */
export const plansWords = {
  none: { fr: 'Aucun plan pour le moment.', en: 'No plan yet.' },
  cancelled: { fr: "Abandonné. Rien n'a été changé.", en: 'Cancelled. Nothing was changed.' },
  undone: {
    fr: 'Le plan est repris. Suivez-le avec : visavis caseloads list',
    en: 'It is being taken back. Follow it with: visavis caseloads list',
  },
  pinned: (reference: string): Both => ({
    fr: `${reference} garde son interlocuteur.`,
    en: `${reference} stays with their advisor.`,
  }),
  unpinned: (reference: string): Both => ({
    fr: `${reference} peut de nouveau changer d'interlocuteur.`,
    en: `${reference} may move again.`,
  }),
  notPinned: (reference: string): Both => ({
    fr: `${reference} n'était pas épinglé.`,
    en: `${reference} was not pinned.`,
  }),
};

/** Why nothing was done with a plan or a pin, and how to mend it. */
export const plansRefusals = {
  unknownPlan: {
    fr: "Aucun plan n'a ce numéro. Voyez : visavis caseloads list",
    en: 'No plan has this number. See: visavis caseloads list',
  },
  unknownCustomer,
  nothingToCancel: {
    fr: "Il n'y a rien à abandonner : ce plan n'existe pas, ou il est appliqué (alors : undo).",
    en: 'There is nothing to cancel: it does not exist, or is applied (then: undo).',
  },
  noPinReason: { fr: 'Dites pourquoi : --why "…"', en: 'Say why: --why "…"' },
} as const satisfies Record<string, Both>;

/** Why a plan was not taken back. */
export const undoRefusals = {
  not_allowed: { fr: "Cela ne se fait pas d'ici.", en: 'This may not be done from here.' },
  not_found: {
    fr: "Aucun plan appliqué n'a ce numéro. Voyez : visavis caseloads list",
    en: 'No applied plan has this number. See: visavis caseloads list',
  },
  too_late: {
    fr: 'Son préavis est passé. Faites plutôt un nouveau plan.',
    en: 'Its notice has passed. Make a new plan instead.',
  },
  no_why: { fr: 'Dites pourquoi, pour l\'historique : --why "…"', en: 'Say why, for the history: --why "…"' },
} as const satisfies Record<string, Both>;
