import type { Catalogue } from './catalogue.ts';

/** Words of the figures: for everyone, and for leads. */
export const figureWords = {
  footerFigures: { fr: 'Nos chiffres', en: 'Our figures' },
  figuresTitle: { fr: 'Nos chiffres', en: 'Our figures' },
  figuresStaffTitle: { fr: 'Chiffres des équipes', en: 'Figures of the teams' },
  figuresStaffLead: {
    fr: 'Continuité, attente et promesses, par équipe, canal et intercommunalité.',
    en: 'Continuity, waiting and promises, by team, channel and district.',
  },
  figuresLead: {
    fr: 'Parlez-vous à votre propre contact ? Combien de temps attendez-vous ? Nos promesses sont-elles tenues ?',
    en: 'Do you speak to your own contact? How long do you wait? Are our promises kept?',
  },
  figuresPeriod: { fr: 'Du {since} au {until}.', en: 'From {since} to {until}.' },
  figuresNone: {
    fr: 'Les premiers chiffres paraissent après un mois entier d’échanges. Revenez le mois prochain.',
    en: 'The first figures appear after a whole month of exchanges. Come back next month.',
  },
  figuresTooFew: {
    fr: 'Il y a moins de 10 échanges ou de 10 clients sur cette période : rien n’est montré.',
    en: 'There are fewer than 10 exchanges or 10 customers in this period: nothing is shown.',
  },
  figuresEverything: { fr: 'Ensemble', en: 'Everything' },
  figuresParity: { fr: 'Mairies et abonnés', en: 'Town halls and subscribers' },
  figuresParityWhy: {
    fr: 'Une mairie ne doit pas être mieux servie qu’un abonné.',
    en: 'A town hall must be served no better than a subscriber.',
  },
  figuresMonths: { fr: 'Mois par mois', en: 'Month by month' },
  figuresMonthsPlot: {
    fr: 'Part des échanges avec son propre contact, de 0 à 100 %, mois par mois.',
    en: 'Share of exchanges with one’s own contact, from 0 to 100%, month by month.',
  },
  figuresPods: { fr: 'Par équipe', en: 'By team' },
  figuresTerritories: { fr: 'Par intercommunalité', en: 'By district' },
  figuresChannels: { fr: 'Par canal', en: 'By channel' },
  figuresGroup: { fr: 'Groupe', en: 'Group' },
  figuresExchanges: { fr: 'Échanges', en: 'Exchanges' },
  figuresOwn: { fr: 'Avec son propre contact', en: 'With one’s own contact' },
  figuresNamed: { fr: 'Ou un binôme', en: 'Or a backup' },
  figuresDay: { fr: 'Une personne sous 24 h', en: 'A person within 24 h' },
  figuresWaited: { fr: 'Attente 50 / 95 / 99 %', en: 'Waited 50 / 95 / 99%' },
  figuresKept: { fr: 'Promesses tenues', en: 'Promises kept' },
  figuresHidden: { fr: 'non montré', en: 'not shown' },
  figuresUpc: { fr: 'UPC', en: 'UPC' },
  figuresCoc: { fr: 'COC', en: 'COC' },
  figuresSecon: { fr: 'SECON', en: 'SECON' },
  figuresPeople: { fr: 'Personnes par an', en: 'People a year' },
  figuresTenure: { fr: 'Ancienneté (années)', en: 'Tenure (years)' },
  figuresOpen: {
    fr: 'À la publication, {count} clients attendaient une première réponse. La moitié attendait depuis moins de {p50}, 95 % depuis moins de {p95}.',
    en: 'When this was published {count} customers waited for a first answer. Half had waited for less than {p50}, 95% for less than {p95}.',
  },
  figuresOpenFew: {
    fr: 'À la publication, moins de 10 clients attendaient une première réponse.',
    en: 'When this was published fewer than 10 customers waited for a first answer.',
  },
  figuresDefinitions: { fr: 'Ce que disent ces chiffres', en: 'What these figures mean' },
  figuresDefinition1: {
    fr: 'Un échange : une réponse, un appel ou une visite où une personne vous a parlé. Les courriers automatiques ne comptent pas.',
    en: 'An exchange: an answer, a call or a visit in which a person spoke to you. Automatic mail does not count.',
  },
  figuresDefinition2: {
    fr: 'Entre parenthèses : l’intervalle à 95 %. Plus il est large, moins le chiffre est sûr.',
    en: 'In brackets: the 95% interval. The wider it is, the less certain the figure.',
  },
  figuresDefinition3: {
    fr: 'Un groupe de moins de 10 échanges ou de 10 clients n’est pas montré, ni celui qui le trahirait.',
    en: 'A group under 10 exchanges or 10 customers is not shown, nor the one that would give it away.',
  },
  figuresDefinition4: {
    fr: 'L’attente va de votre premier mot sans réponse à une personne, nuits et dimanches compris.',
    en: 'Waiting runs from your first unanswered word to a person, nights and Sundays included.',
  },
  figuresDefinition5: {
    fr: 'Tout se recalcule à partir du journal des événements, qui ne contient ni nom ni texte.',
    en: 'All of it can be recomputed from the event log, which holds neither names nor text.',
  },
  figuresIndices: {
    fr: 'UPC : part de la personne la plus vue. COC : concentration des échanges. SECON : deux échanges de suite avec la même personne.',
    en: 'UPC: share of the person met most. COC: how concentrated exchanges are. SECON: two exchanges in a row with the same person.',
  },
  figuresCsv: { fr: 'Télécharger le tableau (CSV)', en: 'Download the table (CSV)' },
  figuresFrom: { fr: 'Du', en: 'From' },
  figuresTo: { fr: 'Au', en: 'To' },
  figuresShow: { fr: 'Montrer', en: 'Show' },
  figuresDatesBad: {
    fr: 'Choisissez deux dates, la première avant la seconde.',
    en: 'Choose two dates, the first before the second.',
  },
  figuresMinutes: { fr: '{count} min', en: '{count} min' },
  figuresHours: { fr: '{count} h', en: '{count} h' },
  figuresDays: { fr: '{count} j', en: '{count} d' },
  channel_call: { fr: 'téléphone', en: 'phone' },
  channel_mail: { fr: 'courriel', en: 'mail' },
  channel_sms: { fr: 'SMS', en: 'SMS' },
  channel_message: { fr: 'message', en: 'message' },
  channel_visit: { fr: 'visite', en: 'visit' },
  channel_letter: { fr: 'lettre', en: 'letter' },
  channel_comment: { fr: 'commentaire', en: 'comment' },
} satisfies Catalogue;
