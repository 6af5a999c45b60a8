// What a refused sender reads in the report their own mail system writes. An SMTP answer is one line of ASCII, and its
// reader's language is unknown: French (without accents) and English, each saying what to do.

export const MAX_MAIL_MB = 25;

export const smtpWords = {
  tooLarge: `Ce message depasse ${MAX_MAIL_MB} Mo : envoyez les pieces jointes en plusieurs messages. / This message is larger than ${MAX_MAIL_MB} MB: send the attachments in several messages.`,
  noRelay: (domain: string) =>
    `Ce serveur ne recoit que le courrier de ${domain} : verifiez l'adresse. / This server only takes mail for ${domain}: check the address.`,
  notSetUp:
    "Visavis n'est pas encore configure : reessayez plus tard. / Visavis is not set up yet: please try again later.",
  notStored:
    "Le message n'a pas pu etre enregistre : reessayez dans quelques minutes. / The message could not be stored: try again in a few minutes.",
  busy: 'Trop de courrier en ce moment : reessayez dans quelques minutes. / Too much mail at the moment: try again in a few minutes.',
  tooSlow: 'Connexion trop lente : reessayez. / The connection is too slow: please try again.',
};
