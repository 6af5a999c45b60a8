import type { Catalogue } from './catalogue.ts';

/** Words of writing without an account and of confirming by mail. */
export const messageWords = {
  writeTitle: { fr: 'Écrire {à name}', en: 'Write to {name}' },
  writeLead: {
    fr: 'Votre message arrive chez {name}. La date de la réponse vous est donnée aussitôt.',
    en: 'Your message reaches {name}. You are told at once when the answer is due.',
  },
  yourName: { fr: 'Votre nom', en: 'Your name' },
  yourMail: { fr: 'Votre courriel', en: 'Your email' },
  yourMailHint: { fr: 'La réponse y arrive.', en: 'The answer goes there.' },
  yourPhone: { fr: 'Votre téléphone', en: 'Your phone' },
  yourPhoneHint: { fr: 'L’un des deux suffit.', en: 'One of the two is enough.' },
  yourCommune: { fr: 'Votre commune', en: 'Your town' },
  yourMessage: { fr: 'Votre message', en: 'Your message' },
  files: { fr: 'Photos ou documents', en: 'Photos or documents' },
  filesHint: { fr: '25 Mo au total.', en: '25 MB in all.' },
  doNotFill: { fr: 'Laissez ce champ vide', en: 'Leave this field empty' },
  errorName: { fr: 'Écrivez votre nom.', en: 'Type your name.' },
  errorReach: {
    fr: 'Donnez un courriel ou un téléphone : nous pourrons vous répondre.',
    en: 'Give an email or a phone number, so that we can answer.',
  },
  errorMail: {
    fr: 'Ce courriel n’est pas complet. Il ressemble à nom@example.org.',
    en: 'This email is not complete. It looks like name@example.org.',
  },
  errorPhone: {
    fr: 'Ce numéro n’est pas complet. Il ressemble à 03 53 01 00 12.',
    en: 'This number is not complete. It looks like 03 53 01 00 12.',
  },
  errorText: { fr: 'Écrivez votre message.', en: 'Type your message.' },
  errorTextLong: {
    fr: 'Ce message est trop long. Raccourcissez-le à {count} caractères, ou joignez un document.',
    en: 'This message is too long. Shorten it to {count} characters, or attach a document.',
  },
  errorFiles: {
    fr: 'Ces pièces dépassent 25 Mo. Retirez-en, ou envoyez-les en plusieurs fois.',
    en: 'These files exceed 25 MB. Remove some, or send them in several goes.',
  },
  errorExpired: {
    fr: 'Cette page était ouverte depuis longtemps. Relisez, puis envoyez de nouveau.',
    en: 'This page had been open for a long time. Read it again, then send once more.',
  },
  errorHasty: {
    fr: 'C’était très rapide. Relisez votre message, puis envoyez-le de nouveau.',
    en: 'That was very quick. Read your message again, then send it once more.',
  },
  filesAgain: {
    fr: 'Vos pièces jointes sont à choisir de nouveau.',
    en: 'Please choose your attachments again.',
  },
  confirmSentTitle: { fr: 'Encore un geste : ouvrez votre courriel', en: 'One more step: open your email' },
  confirmSent: {
    fr: 'Nous avons écrit à {mail}. Ouvrez le lien, puis confirmez. Votre message part alors chez {name}.',
    en: 'We wrote to {mail}. Open the link, then confirm. Your message then goes to {name}.',
  },
  confirmSentWhy: {
    fr: 'Votre message est gardé pendant {days} jours. Rien reçu ? Regardez les indésirables, ou appelez le {phone}.',
    en: 'We keep your message for {days} days. Nothing received? Check the spam folder, or call {phone}.',
  },
  confirmMailSubject: { fr: 'Confirmez votre message {à name}', en: 'Confirm your message to {name}' },
  confirmMailText: {
    fr: 'Bonjour,\n\nUn message {à name} a été écrit sur notre site avec votre adresse. Pour qu’il parte, ouvrez ce lien, puis confirmez :\n\n{link}\n\nCe lien vaut {days} jours. Ce message n’est pas de vous ? Ne faites rien : il ne partira pas.\n\n{operator}\n{phone}',
    en: 'Hello,\n\nA message to {name} was written on our site with your address. To send it, open this link, then confirm:\n\n{link}\n\nThis link works for {days} days. Not yours? Do nothing: it will not be sent.\n\n{operator}\n{phone}',
  },
  confirmTitle: { fr: 'Confirmer votre message {à name}', en: 'Confirm your message to {name}' },
  confirmRead: { fr: 'Voici ce que vous avez écrit.', en: 'This is what you wrote.' },
  confirmButton: { fr: 'Envoyer ce message', en: 'Send this message' },
  confirmGoneTitle: { fr: 'Ce lien ne sert plus', en: 'This link no longer works' },
  confirmGone: {
    fr: 'Il a déjà servi, ou il est trop ancien. Écrivez de nouveau, ou appelez le {phone}.',
    en: 'It was used already, or it is too old. Write again, or call {phone}.',
  },
  confirmUsed: {
    fr: 'Votre message est déjà parti. Il n’est pas envoyé deux fois.',
    en: 'Your message has already been sent. It is not sent twice.',
  },
  receivedTitle: { fr: '{name} a reçu votre message', en: '{name} has your message' },
  receivedDue: { fr: '{name} vous répond avant {due}.', en: '{name} will answer you before {due}.' },
  receivedTray: {
    fr: '{name} lit votre message et vous répond avant {due}.',
    en: '{name} reads your message and answers you before {due}.',
  },
  receivedNext: {
    fr: 'Si rien n’arrive d’ici là, appelez le {phone} : on saura où en est votre message.',
    en: 'If nothing comes by then, call {phone}: we will know where your message is.',
  },
  calledTitle: { fr: 'Votre message est arrivé', en: 'Your message has arrived' },
  calledDue: {
    fr: '{name}, ou la personne qui répond à sa place, vous appelle au {number} avant {due}.',
    en: '{name}, or the person standing in, calls you on {number} before {due}.',
  },
  sentOldTitle: { fr: 'Cette page n’est plus à jour', en: 'This page is out of date' },
  sentOld: {
    fr: 'Elle se lit pendant un jour. Pour savoir où en est votre message, appelez le {phone}.',
    en: 'It can be read for one day. To know where your message is, call {phone}.',
  },
  numberNotProven: {
    fr: 'Écrit sur le site avec ce numéro, sans preuve qu’il appartient à la personne.',
    en: 'Written on the website with this number, with no proof that it is the writer’s.',
  },
  errorDown: {
    fr: 'Ce message n’est pas parti. Réessayez dans une minute, ou appelez le {phone}.',
    en: 'This message was not sent. Try again in a minute, or call {phone}.',
  },
  messageSubject: { fr: 'Message écrit sur le site', en: 'Message written on the website' },
  messageSubjectFrom: { fr: 'Message écrit sur le site, {place}', en: 'Message written on the website, {place}' },
} as const satisfies Catalogue;
