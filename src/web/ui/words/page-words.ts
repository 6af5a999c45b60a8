import type { Catalogue } from './catalogue.ts';

/** Words that stand on every page, on forms, and on pages of failure. */
export const pageWords = {
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  otherLanguage: { fr: 'English', en: 'Français' },
  languageLabel: { fr: 'Langue', en: 'Language' },
  yourContact: { fr: 'Votre contact', en: 'Your contact' },
  contactOf: { fr: 'Votre contact : {name}', en: 'Your contact: {name}' },
  aQuestion: { fr: 'Une question ?', en: 'A question?' },
  freeNumber: { fr: 'Appel gratuit. Une personne vous répond.', en: 'Free to call. A person answers.' },
  footerLabel: { fr: 'Pied de page', en: 'Footer' },
  footerFind: { fr: 'Trouver votre contact', en: 'Find your contact' },
  footerCard: { fr: 'Recevoir sa carte', en: 'Get their card' },
  footerMy: { fr: 'Votre page', en: 'Your page' },
  footerPosts: { fr: 'Nouvelles', en: 'News' },
  promise: {
    fr: 'Ici, chaque abonné a une personne à qui parler.',
    en: 'Here, every subscriber has a person to talk to.',
  },
  demo: {
    fr: 'Ceci est une démonstration. Les personnes et les numéros sont inventés.',
    en: 'This is a demonstration. The people and numbers are invented.',
  },
  errorTitle: { fr: 'Erreur : {title}', en: 'Error: {title}' },
  errorSummary: { fr: 'Il reste quelque chose à corriger', en: 'There is something to correct' },
  optional: { fr: '(facultatif)', en: '(optional)' },
  send: { fr: 'Envoyer', en: 'Send' },
  printedOn: { fr: 'Imprimé le {date} · {address}', en: 'Printed on {date} · {address}' },
  notFoundTitle: { fr: 'Cette page n’existe pas', en: 'This page does not exist' },
  notFound: {
    fr: 'L’adresse a changé, ou cette page n’est pas pour vous. Appelez-nous au {phone} : une personne vous aide.',
    en: 'The address has changed, or this page is not for you. Call us on {phone}: a person will help.',
  },
  brokenTitle: { fr: 'Cette page ne s’affiche pas', en: 'This page cannot be shown' },
  broken: {
    fr: 'Rien n’a été modifié. Réessayez dans une minute, ou appelez le {phone}.',
    en: 'Nothing was changed. Try again in a minute, or call {phone}.',
  },
  brokenNoPhone: {
    fr: 'Rien n’a été modifié. Réessayez dans une minute.',
    en: 'Nothing was changed. Try again in a minute.',
  },
  keepText: {
    fr: 'Votre message n’est pas parti. Il est recopié ici : gardez-le, puis réessayez.',
    en: 'Your message has not been sent. It is copied here: keep it, then try again.',
  },
  tooLargeTitle: { fr: 'Cet envoi est trop lourd', en: 'This is too heavy' },
  tooLarge: {
    fr: 'Rien n’est parti. Revenez à la page précédente : votre texte y est. Gardez au plus 25 Mo de pièces.',
    en: 'Nothing was sent. Go back one page: your text is there. Keep at most 25 MB of files.',
  },
  offlineTitle: { fr: 'Le réseau ne répond pas', en: 'The network does not answer' },
  offlineLead: {
    fr: 'Cette page n’est pas sur votre appareil. Réessayez plus tard, ou appelez-nous.',
    en: 'This page is not on your device. Try again later, or call us.',
  },
  offlineLeadNoPhone: {
    fr: 'Cette page n’est pas sur votre appareil. Réessayez plus tard.',
    en: 'This page is not on your device. Try again later.',
  },
  offlineAgain: { fr: 'Réessayer', en: 'Try again' },
  offlineList: { fr: 'Gardé sur cet appareil', en: 'Kept on this device' },
  offlineStored: { fr: 'Vue le {date}', en: 'Seen on {date}' },
  offlineSeen: {
    fr: 'Le réseau ne répond pas. Page vue le {date}.',
    en: 'The network does not answer. Page seen on {date}.',
  },
  toHome: { fr: 'Revenir à l’accueil', en: 'Back to the home page' },
  tooOften: {
    fr: 'Trop de demandes d’un coup. Réessayez dans quelques minutes, ou appelez le {phone}.',
    en: 'Too many requests at once. Try again in a few minutes, or call {phone}.',
  },
  tooOftenTitle: { fr: 'Un instant', en: 'One moment' },
} as const satisfies Catalogue;
