import type { Catalogue } from './catalogue.ts';

/** What programs and scripts are told when a request cannot be done (RFC 9457): a title, and how to mend it. */
export const problemWords = {
  elsewhereTitle: { fr: 'Envoi venu d’un autre site', en: 'Sent by another site' },
  elsewhere: {
    fr: 'Rien n’a été changé : cet envoi vient d’un autre site. Ouvrez la page ici, puis recommencez.',
    en: 'Nothing was changed: this request came from another site. Open the page here, and send it again.',
  },
  nothingHereTitle: { fr: 'Introuvable', en: 'Not found' },
  nothingHere: {
    fr: 'Il n’y a rien ici, ou vous n’y avez pas accès. Vérifiez l’adresse et le jeton, ou connectez-vous.',
    en: 'Nothing is here, or you may not see it. Check the address and the token, or sign in.',
  },
  wrongMethodTitle: { fr: 'Méthode non prévue ici', en: 'Not a method of this address' },
  wrongMethod: {
    fr: 'Rien n’a été changé. Cette adresse répond à : {methods}.',
    en: 'Nothing was changed. This address answers: {methods}.',
  },
  tooHeavyTitle: { fr: 'Envoi trop lourd', en: 'Too large' },
  tooHeavy: {
    fr: 'Rien n’a été lu. Envoyez au plus 25 Mo de pièces, ou faites plusieurs envois.',
    en: 'Nothing was read. Send at most 25 MB of files, or send them in several requests.',
  },
  unreadableTitle: { fr: 'Envoi illisible', en: 'The request cannot be read' },
  unreadableJson: {
    fr: 'Rien n’a été changé : ce n’est pas du JSON valable. Cherchez une virgule ou un guillemet de trop.',
    en: 'Nothing was changed: this is not valid JSON. Look for a comma or a quote too many.',
  },
  unreadableForm: {
    fr: 'Rien n’a été changé : le formulaire est incomplet ou abîmé. Renvoyez-le entier.',
    en: 'Nothing was changed: the form is incomplete or damaged. Send it again in full.',
  },
  notJsonTitle: { fr: 'Format non prévu ici', en: 'Not a format of this address' },
  notJson: {
    fr: 'Rien n’a été lu. Envoyez du JSON, avec l’en-tête « Content-Type: application/json ».',
    en: 'Nothing was read. Send JSON, with the header “Content-Type: application/json”.',
  },
  notDoneTitle: { fr: 'Pas fait', en: 'Not done' },
  notDone: {
    fr: 'Rien n’a été changé. Réessayez dans une minute ; si cela recommence, prévenez l’administrateur.',
    en: 'Nothing was changed. Try again in a minute; if it happens again, tell the administrator.',
  },
  notDoneNow: {
    fr: 'Rien n’a été changé. Rechargez l’écran, puis recommencez.',
    en: 'Nothing was changed. Load the screen again, then try once more.',
  },
  wrongFieldsTitle: { fr: 'Des champs sont à corriger', en: 'Some fields are wrong' },
  needsText: { fr: 'Il faut un texte.', en: 'A text is needed.' },
  needsTrueOrFalse: { fr: 'Il faut « true » ou « false ».', en: 'Either “true” or “false” is needed.' },
  needsList: { fr: 'Il faut une liste JSON.', en: 'A JSON list is needed.' },
  needsObject: { fr: 'Il faut un objet JSON.', en: 'A JSON object is needed.' },
  needsSomething: { fr: 'Écrivez quelque chose ici.', en: 'Write something here.' },
  needsExactly: { fr: 'Il faut exactement {count} caractères.', en: 'Exactly {count} characters are needed.' },
  needsFewerCharacters: { fr: 'Écrivez au plus {count} caractères.', en: 'Write at most {count} characters.' },
  needsFewerItems: { fr: 'Donnez-en au plus {count}.', en: 'Give at most {count}.' },
  needsOneOf: { fr: 'Choisissez parmi : {choices}.', en: 'Choose one of: {choices}.' },
  needsId: {
    fr: 'Envoyez un identifiant tel que Visavis l’a donné.',
    en: 'Send an id as Visavis has given it.',
  },
  needsInstant: {
    fr: 'Envoyez une date et une heure, comme 2026-11-24T08:30:00Z.',
    en: 'Send a date and a time, such as 2026-11-24T08:30:00Z.',
  },
  needsDate: { fr: 'Envoyez une date, comme 2026-11-24.', en: 'Send a date, such as 2026-11-24.' },
  needsAddress: {
    fr: 'Envoyez une adresse, comme https://www.example.org.',
    en: 'Send an address, such as https://www.example.org.',
  },
  needsForm: {
    fr: 'Cette valeur n’a pas la forme attendue. Le document OpenAPI dit laquelle.',
    en: 'This value does not have the form asked for. The OpenAPI document says which.',
  },
  unknownField: { fr: 'Ce champ n’existe pas. Retirez-le.', en: 'This field does not exist. Leave it out.' },
  needsWords: { fr: 'Dites ce que la personne a dit.', en: 'Say what the person said.' },
  needsPhone: {
    fr: 'Ce n’est pas un numéro. Envoyez-le comme +33353010000 ou 03 53 01 00 00.',
    en: 'This is not a phone number. Send it as +33353010000 or 03 53 01 00 00.',
  },
  needsMail: {
    fr: 'Ce n’est pas une adresse de courriel. Envoyez-la comme nom@example.org.',
    en: 'This is not a mail address. Send it as name@example.org.',
  },
  needsSender: {
    fr: 'Dites de qui cela vient. Un de ces champs suffit : {names}.',
    en: 'Say who it is from. One of these fields is enough: {names}.',
  },
  needsCaller: {
    fr: 'Envoyez un numéro comme +33353010000 ou une adresse de courriel ; rien si le numéro est masqué.',
    en: 'Send a phone number such as +33353010000, or a mail address; nothing for a withheld number.',
  },
  noSuchCustomer: {
    fr: 'Ce client n’existe pas. Retirez ce champ, et envoyez le numéro ou l’adresse de courriel.',
    en: 'There is no such customer. Leave it out, and send the phone or the mail address.',
  },
  noSuchSource: {
    fr: 'Ce système téléphonique n’est pas connu. Nommez-le : « visavis telephony source ».',
    en: 'There is no such phone system. Name it: “visavis telephony source”.',
  },
  needsCommune: {
    fr: 'Envoyez ?postcode=39200, ou ?commune= avec un code INSEE ou un nom.',
    en: 'Send ?postcode=39200, or ?commune= with an INSEE code or a name.',
  },
  needsCursor: {
    fr: 'Renvoyez le curseur de la page d’avant, ou aucun pour la première page.',
    en: 'Send back the cursor of the page before, or none for the first page.',
  },
  postNotKeptTitle: { fr: 'Le texte n’a pas été gardé', en: 'The post was not kept' },
  keyUnusableTitle: { fr: 'La clé est inutilisable', en: 'The key cannot be used' },
  keyUnusable: {
    fr: 'Envoyez une Idempotency-Key de 1 à 200 caractères ASCII visibles, comme un UUID.',
    en: 'Send an Idempotency-Key of 1 to 200 visible ASCII characters, such as a UUID.',
  },
  keyUsedTitle: { fr: 'La clé a servi à une autre demande', en: 'The key was used for another request' },
  keyUsed: {
    fr: 'Nouvelle demande : envoyez une nouvelle Idempotency-Key. Même demande : renvoyez-la telle quelle.',
    en: 'Send a new Idempotency-Key for a new request, or the same request again for the same key.',
  },
} satisfies Catalogue;

/** The same for the one script of the sign-in. */
export const passkeyWords = {
  passkeyRefusedTitle: { fr: 'Pas connecté', en: 'Not signed in' },
  passkeyRefused: {
    fr: 'La clé d’accès n’a pas été acceptée. Réessayez, ou prenez un mot de passe.',
    en: 'The passkey was not accepted. Try again, or use a password.',
  },
  passkeyNotAddedTitle: { fr: 'Clé d’accès non ajoutée', en: 'Passkey not added' },
  passkeyNotAdded: {
    fr: 'Reconnectez-vous, puis ajoutez la clé d’accès de nouveau.',
    en: 'Sign in again, then add the passkey once more.',
  },
  signInAgainTitle: { fr: 'Reconnectez-vous', en: 'Sign in again' },
  signInAgain: {
    fr: 'Une clé d’accès s’ajoute dans l’heure qui suit la connexion.',
    en: 'A passkey can be added in the first hour after signing in.',
  },
  tooManyTriesTitle: { fr: 'Trop d’essais', en: 'Too many attempts' },
  tooManyTries: { fr: 'Attendez 15 minutes, puis réessayez.', en: 'Wait 15 minutes, then try again.' },
} satisfies Catalogue;
