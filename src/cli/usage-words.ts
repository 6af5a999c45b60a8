import { type Locale, typeset } from '../core/text/typeset.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** A sentence about what was typed, in the language of whoever typed it. */
export function toOperator(both: Both): string {
  const language = operatorLanguage(process.env);
  return typeset(both[language], language);
}

/** Where a person reads on who was told that something is wrong. */
export const helpAfterError: Both = {
  fr: '(visavis COMMANDE --help en dit plus)',
  en: '(visavis COMMAND --help says more)',
};

/** What commander says of wrong usage, in this language; what it does not know stays as it is. */
export function usageError(said: string, language: Locale): string {
  if (language === 'en') return said;
  return said
    .split('\n')
    .map((line) => {
      const french = inFrench.reduce((text, [english, words]) => text.replace(english, words), line);
      return french === line ? line : typeset(french, 'fr');
    })
    .join('\n');
}

/** commander's sentences have no catalogue: these are all that its version 15 writes about what was typed. */
const inFrench: readonly [RegExp, string][] = [
  [/^error: unknown command '(.*)'$/, "erreur : la commande « $1 » n'existe pas."],
  [/^error: unknown option '(.*)'$/, "erreur : l'option « $1 » n'existe pas."],
  [/^error: missing required argument '(.*)'$/, 'erreur : il manque « $1 » après la commande.'],
  [/^error: required option '(.*)' not specified$/, "erreur : il manque l'option « $1 »."],
  [/^error: option '(.*)' argument missing$/, "erreur : l'option « $1 » attend une valeur."],
  [
    /^error: option '(.*)' cannot be used with option '(.*)'$/,
    'erreur : choisissez entre les options « $1 » et « $2 ».',
  ],
  [/^error: option '(.*)' argument '(.*)' is invalid\. /, "erreur : l'option « $1 » ne peut pas être « $2 ». "],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*)'\. /,
    'erreur : « $2 » ne peut pas être « $1 ». ',
  ],
  [/Allowed choices are (.*)\.$/, 'Choisissez parmi $1.'],
  [
    /^error: too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+): (.*)\.$/,
    'erreur : trop de mots après la commande « $1 ». Il en faut $2, il y en a $3 : $4.',
  ],
  [/^\(Did you mean (?:one of )?(.*)\?\)$/, '(Vouliez-vous dire $1 ?)'],
];
