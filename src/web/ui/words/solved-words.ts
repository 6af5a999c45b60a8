import type { Catalogue } from './catalogue.ts';

/** Words of "is it solved?" by the link of a mail. */
export const solvedWords = {
  solvedLinkWords: { fr: 'Sinon, dites ce qui ne va pas', en: 'If not, say what is wrong' },
  solvedLinkNoText: {
    fr: 'Réponse par le lien du courriel : ce n’est pas réglé.',
    en: 'Answer by the link in the mail: it is not solved.',
  },
  solvedLinkWasYes: {
    fr: 'Vous avez répondu oui. Si cela a changé, dites-le ici.',
    en: 'You answered yes. If that has changed, say so here.',
  },
  solvedLinkWasNo: {
    fr: 'Vous avez répondu non : la demande est reprise.',
    en: 'You answered no: it is taken up again.',
  },
  solvedLinkNoTitle: { fr: 'Votre demande est reprise', en: 'Your request is taken up again' },
  solvedLinkYesTitle: { fr: 'Merci', en: 'Thank you' },
  solvedLinkYes: { fr: 'C’est noté : votre demande est réglée.', en: 'Noted: your request is solved.' },
  solvedGoneTitle: { fr: 'Ce lien ne sert plus', en: 'This link no longer works' },
  solvedGone: {
    fr: 'Si votre demande n’est pas réglée, appelez le {phone}.',
    en: 'If your request is not solved, call {phone}.',
  },
} as const satisfies Catalogue;
