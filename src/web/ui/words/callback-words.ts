import type { Catalogue } from './catalogue.ts';

/** The page about a promised callback, behind the link of its mail. */
export const callbackPageWords = {
  callbackTitle: { fr: 'Votre rappel', en: 'Your callback' },
  callbackLead: { fr: '{name} vous appelle avant {time}.', en: '{name} will call you before {time}.' },
  callbackOn: { fr: 'Au {phone}.', en: 'On {phone}.' },
  callbackNumber: { fr: 'Un autre numéro', en: 'Another number' },
  callbackNumberButton: { fr: 'Appelez-moi à ce numéro', en: 'Call me on this number' },
  callbackNumberBad: {
    fr: 'Ce numéro ne se lit pas. Écrivez-le en entier, par exemple 06 39 98 12 34.',
    en: 'This number cannot be read. Write it in full, for example 06 39 98 12 34.',
  },
  callbackTime: { fr: 'Une autre heure', en: 'Another time' },
  callbackTimeBefore: { fr: 'avant {time}', en: 'before {time}' },
  callbackTimeButton: { fr: 'Appelez-moi à ce moment', en: 'Call me then' },
  callbackTimeBad: {
    fr: 'Ce moment n’est plus libre. Choisissez-en un dans la liste.',
    en: 'That time is no longer free. Choose one from the list.',
  },
  callbackNext: { fr: 'Quand je vous appellerai de nouveau', en: 'When I call you again' },
  callbackAsk: { fr: 'Proposez-moi un rappel chaque fois', en: 'Offer me a callback each time' },
  callbackAlways: {
    fr: 'Rappelez-moi toujours, sans me le proposer',
    en: 'Always call me back, without offering it',
  },
  callbackNever: {
    fr: 'Ne me proposez plus de rappel : je patiente',
    en: 'Offer me no callback: I would rather wait',
  },
  callbackNextButton: { fr: 'Retenir ce choix', en: 'Remember this' },
  callbackCancel: { fr: 'Je n’ai plus besoin d’être rappelé', en: 'I need no call any more' },
  callbackSaved: { fr: 'C’est noté.', en: 'Noted.' },
  callbackGoneTitle: { fr: 'Ce rappel est terminé', en: 'This callback is over' },
  callbackGone: {
    fr: 'Il a eu lieu, ou vous l’avez annulé. Un besoin ? Appelez le {phone}.',
    en: 'It took place, or you cancelled it. Anything else? Call {phone}.',
  },
} satisfies Catalogue;
