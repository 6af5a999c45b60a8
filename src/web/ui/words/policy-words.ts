import type { Catalogue } from './catalogue.ts';

/** The sections of the policy, by their name in `core/routing/policy.ts`. */
export const policySectionWords: Catalogue = {
  call: { fr: 'Un appel', en: 'A call' },
  handle: { fr: 'Durée d’un échange', en: 'Length of an exchange' },
  offer: { fr: 'Proposer un rappel', en: 'Offering a callback' },
  onFree: { fr: 'Quand quelqu’un se libère', en: 'When somebody becomes free' },
  written: { fr: 'Messages écrits', en: 'Written messages' },
  commitments: { fr: 'Promesses', en: 'Promises' },
};

/** The numbers of the policy, by their path. A number without words here shows its path. */
export const policyNumberWords: Catalogue = {
  'call.ringSeconds': { fr: 'Un téléphone sonne (secondes)', en: 'One phone rings (seconds)' },
  'call.holdForOwnMostSeconds': {
    fr: 'Attendre son interlocuteur qui termine, au plus (secondes)',
    en: 'Wait for one’s own advisor who is finishing, at most (seconds)',
  },
  'call.wrapUpSeconds': { fr: 'Temps pour noter après un appel (secondes)', en: 'Time to write up a call (seconds)' },
  'call.waitMostSeconds': {
    fr: 'Attente la plus longue, si l’opérateur téléphonique la laisse durer (secondes)',
    en: 'Longest wait, as far as the carrier lets it last (seconds)',
  },
  'call.fewestAttempts': { fr: 'Personnes appelées, au moins', en: 'People rung, at least' },
  'handle.meanMinutes': { fr: 'Durée moyenne (minutes)', en: 'Mean length (minutes)' },
  'handle.residualMinutes': {
    fr: 'Reste d’un échange en cours (minutes)',
    en: 'Rest of an exchange under way (minutes)',
  },
  'offer.shortestMinutes': { fr: 'Délai le plus court (minutes)', en: 'Shortest delay (minutes)' },
  'offer.baseMinutes': { fr: 'Base du délai (minutes)', en: 'Base of the delay (minutes)' },
  'offer.factor': { fr: 'Prudence du délai (facteur)', en: 'Caution of the delay (factor)' },
  'offer.handlesPerCallback': { fr: 'Échanges comptés par rappel promis', en: 'Exchanges counted for each callback' },
  'offer.soonMinutes': {
    fr: 'Un rappel attendu tôt est promis dans (minutes)',
    en: 'A callback expected soon is promised within (minutes)',
  },
  'offer.soonExpectedMinutes': { fr: '« Tôt » : attendu dans (minutes)', en: '“Soon”: expected within (minutes)' },
  'offer.mostFreeOthers': {
    fr: 'Proposer un rappel tant que sont libres, au plus (personnes)',
    en: 'Offer a callback while so many are free, at most (people)',
  },
  'offer.mostOpenCallbacks': { fr: 'Rappels promis à la fois, au plus', en: 'Callbacks open at once, at most' },
  'offer.pastClosingMinutes': { fr: 'Après la fermeture, au plus (minutes)', en: 'After closing, at most (minutes)' },
  'offer.roundUpToMinutes': { fr: 'Arrondir les heures dites à (minutes)', en: 'Round times said up to (minutes)' },
  'offer.ownBackSoonMinutes': {
    fr: 'Son interlocuteur revient bientôt, dans (minutes)',
    en: 'One’s own advisor is back soon, within (minutes)',
  },
  'offer.ownBackWithinDays': {
    fr: 'Proposer « à son retour » jusqu’à (jours)',
    en: 'Offer “when they are back” up to (days)',
  },
  'offer.nextOpeningMinutes': {
    fr: 'Un autre jour, rappeler dans les (minutes ouvrées)',
    en: 'On another day, ring back within (working minutes)',
  },
  'onFree.backupSeniorityMinutes': {
    fr: 'Avance de ceux que je remplace (minutes)',
    en: 'Head start of those whose backup I am (minutes)',
  },
  'onFree.podSeniorityMinutes': {
    fr: 'Avance de ceux de mon équipe (minutes)',
    en: 'Head start of my pod’s (minutes)',
  },
  'onFree.strangerWaitsMinutes': {
    fr: 'Qui doit un rappel laisse les inconnus aux autres, au plus (minutes)',
    en: 'Who owes a callback leaves strangers to others, at most (minutes)',
  },
  'onFree.lateCallbackMinutes': {
    fr: 'Un rappel en retard passe au binôme après (minutes)',
    en: 'A late callback goes to the backup after (minutes)',
  },
  'onFree.backedUpMessageMinutes': {
    fr: 'Un message est proposé au binôme après (minutes ouvrées)',
    en: 'A message is suggested to the backup after (working minutes)',
  },
  'onFree.podMessageMinutes': {
    fr: 'Un message est proposé à l’équipe après (minutes ouvrées)',
    en: 'A message is suggested to the pod after (working minutes)',
  },
  'written.trayWithinMinutes': {
    fr: 'Trier un message d’inconnu dans les (minutes ouvrées)',
    en: 'Sort a stranger’s message within (working minutes)',
  },
  'commitments.remindAtShare': {
    fr: 'Rappeler la promesse à cette part du délai',
    en: 'Remind at this share of the time',
  },
  'commitments.backupWithinMinutes': {
    fr: 'Promesse manquée : le binôme agit dans les (minutes ouvrées)',
    en: 'Broken promise: the backup acts within (working minutes)',
  },
  'commitments.leadWithinMinutes': {
    fr: 'Puis le responsable dans les (minutes ouvrées)',
    en: 'Then the lead within (working minutes)',
  },
};

/** Regions of public holidays, by their code in date-holidays; names of places are the same in both languages. */
export const regionNames: Readonly<Record<string, string>> = {
  FR: 'France',
  'FR.57': 'Moselle',
  'FR.67': 'Bas-Rhin',
  'FR.68': 'Haut-Rhin',
  'FR.GP': 'Guadeloupe',
  'FR.MQ': 'Martinique',
  'FR.GF': 'Guyane',
  'FR.RE': 'La Réunion',
  'FR.YT': 'Mayotte',
  PM: 'Saint-Pierre-et-Miquelon',
  BL: 'Saint-Barthélemy',
  MF: 'Saint-Martin',
};
