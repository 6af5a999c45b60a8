import { type Locale, typeset } from '../core/text/typeset.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import type { Both } from '../platform/config/said-in-both.ts';
import { frenchPlaceholder, frenchPlaceholders } from './placeholder-words.ts';

/** A sentence about what was typed, in the language of whoever typed it. */
export function toOperator(both: Both): string {
  return inLanguage(both, operatorLanguage(process.env));
}

/** A sentence as a printer would set it in this language. */
export function inLanguage(both: Both, language: Locale): string {
  return typeset(both[language], language);
}

/** Every sentence of a catalogue in the language of whoever reads it: what a command says of itself. */
export function allToOperator<Key extends string>(catalogue: Record<Key, Both>): Record<Key, string> {
  const said = Object.entries<Both>(catalogue).map(([key, both]) => [key, toOperator(both)]);
  return Object.fromEntries(said) as Record<Key, string>;
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
      const french = inFrench.reduce((text, [english, words]) => text.replace(english, words), named(line));
      return french === line ? line : typeset(french, 'fr');
    })
    .join('\n');
}

/** What is to be filled in, as a French help page calls it. */
function named(line: string): string {
  if (!/^error: (missing|required|option)/.test(line)) return line;
  const argument = (_: string, name: string) => `error: missing required argument '${frenchPlaceholder(name)}'`;
  return frenchPlaceholders(line.replace(/^error: missing required argument '(.*)'$/, argument));
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
