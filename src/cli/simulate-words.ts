import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis simulate` says of itself. */
export const simulateHelp = {
  about: {
    fr: "ce que feraient d'autres règles : continuité, attentes et rappels dans des semaines simulées",
    en: 'what a routing policy would do: continuity, holds and callbacks in simulated weeks',
  },
  orFile: { fr: 'ou un fichier JSON', en: 'or a JSON file' },
  compare: { fr: "d'autres règles, séparées par des virgules", en: 'more policies, separated by commas' },
  seeds: {
    fr: 'combien de fois les semaines sont répétées avec un autre hasard',
    en: 'how often the weeks are repeated with other chance',
  },
  firstSeed: { fr: 'la première graine', en: 'the first seed' },
  acceptance: {
    fr: 'part des appelants qui acceptent une proposition de rappel, de 0 à 1',
    en: 'share of callers who accept an offer, 0 to 1',
  },
  frontier: {
    fr: 'les règles parmi leurs voisines : part du propre interlocuteur, et personnes jointes en 15 minutes',
    en: 'the policy among its neighbours: own share against reached within 15 minutes',
  },
  html: { fr: 'écrit une page avec des images', en: 'writes a page with pictures' },
  svg: { fr: 'avec --frontier : écrit la courbe seule', en: 'with --frontier: writes the curve alone' },
  french: {
    fr: 'le tableau et la page en français, quel que soit le terminal',
    en: 'the table and the page in French',
  },
  replay: {
    fr: 'rejoue les décisions enregistrées : 2026-11-16, ou 2026-11-16..2026-11-22 ; ne change rien',
    en: 'asks recorded decisions again: 2026-11-16, or 2026-11-16..2026-11-22; changes nothing',
  },
  showScenario: {
    fr: 'donne le scénario en JSON, à modifier pour en faire un fichier',
    en: 'prints the scenario as JSON, to be changed and used as a file',
  },
  after: {
    fr: `Un fichier de scénario peut ne nommer que ce qui diffère : { "like": "V85", "name": "ours", "advisors": 12 }
Un fichier de règles aussi : { "version": "draft", "offer": { "factor": 2 } } ; avec --replay, ce qui diffère des règles en vigueur.`,
    en: `A scenario file may name what differs: { "like": "V85", "name": "ours", "advisors": 12 }
A policy file too: { "version": "draft", "offer": { "factor": 2 } }; with --replay, what differs from the policy in force.`,
  },
} as const satisfies Record<string, Both>;

/** Why nothing is simulated, and how to mend it. */
export const simulateRefusals = {
  noScenarioNeeded: {
    fr: "Les jours enregistrés n'ont pas besoin de scénario : retirez le nom, ou --replay.",
    en: 'Recorded days need no scenario: leave the name out, or --replay.',
  },
  noScenario: (known: string): Both => ({
    fr: `Nommez un scénario : ${known}, ou un fichier JSON ; ou --replay DATES.`,
    en: `Name a scenario: ${known}, or a JSON file; or --replay DATES.`,
  }),
  stopped: {
    fr: 'Arrêté. Moins de répétitions (--seeds) prennent moins de temps.',
    en: 'Stopped. Fewer --seeds take less time.',
  },
  replayStopped: {
    fr: 'Arrêté. Moins de jours prennent moins de temps.',
    en: 'Stopped. Fewer days take less time.',
  },
  days: {
    fr: 'Écrivez les jours comme 2026-11-16, ou 2026-11-16..2026-11-22, le premier avant le dernier.',
    en: 'Write the days as 2026-11-16, or 2026-11-16..2026-11-22, the first before the last.',
  },
  wholeNumber: { fr: 'Écrivez un nombre entier, à partir de 1.', en: 'A whole number from 1.' },
  share: { fr: 'Écrivez une part de 0 à 1, comme 0.6.', en: 'A share from 0 to 1, such as 0.6.' },
};

/** Where it has got to, and what the numbers count. */
export const simulateWords = {
  runs: (done: number, of: number): Both => ({
    fr: `${done} simulations sur ${of} (Ctrl-C pour arrêter)`,
    en: `${done} of ${of} runs (Ctrl-C stops)`,
  }),
  decisions: (done: number, of: number): Both => ({
    fr: `${done} décisions sur ${of} (Ctrl-C pour arrêter)`,
    en: `${done} of ${of} decisions (Ctrl-C stops)`,
  }),
  basis: (seeds: number): Both => ({
    fr: `${seeds} répétitions, intervalles de confiance à 95 %. L'attente compte tous les appelants, même ceux qui ont raccroché ou accepté un rappel.`,
    en: `${seeds} repetitions, 95 % confidence intervals. Hold is over all callers, those who gave up or accepted included.`,
  }),
};

/** Why a file cannot be used, and how to mend it. */
export const fileRefusals = {
  unreadable: (path: string): Both => ({
    fr: `${path} n'est ni un nom connu, ni un fichier JSON lisible. Voyez : visavis simulate --help`,
    en: `${path} is neither a known name nor a readable JSON file. See: visavis simulate --help`,
  }),
  unlike: (path: string, known: string): Both => ({
    fr: `${path} : « like » ne nomme aucun scénario. Il y a ${known}.`,
    en: `${path}: "like" names no scenario. There are ${known}.`,
  }),
  noScenario: (path: string, problems: readonly Both[]): Both => ({
    fr: `${path} n'est pas un scénario. À corriger :\n${problems.map(({ fr }) => `- ${fr}`).join('\n')}`,
    en: `${path} is no scenario. Please correct:\n${problems.map(({ en }) => `- ${en}`).join('\n')}`,
  }),
  unknownParts: (path: string, parts: string): Both => ({
    fr: `${path} : aucune règle ne contient ${parts}. Vérifiez l'orthographe.`,
    en: `${path}: no policy has ${parts}. Check the spelling.`,
  }),
  noPolicy: (path: string, problems: readonly Both[]): Both => ({
    fr: `${path} n'est pas un jeu de règles utilisable. À corriger :\n${problems.map(({ fr }) => `- ${fr}`).join('\n')}`,
    en: `${path} is no policy. Please look at:\n${problems.map(({ en }) => `- ${en}`).join('\n')}`,
  }),
};
