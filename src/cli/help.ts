import { Help, type HelpConfiguration } from 'commander';
import { type Locale, typeset } from '../core/text/typeset.ts';
import { frenchPlaceholder, frenchPlaceholders } from './placeholder-words.ts';

const commander = new Help();

/** How commander writes a page of help in this language: its headings, what is to be filled in, what stands in brackets. */
export function helpIn(language: Locale): HelpConfiguration {
  if (language === 'en') return {};
  return {
    styleTitle: (title) => typeset(headings[title] ?? title, 'fr'),
    commandUsage: (command) => frenchPlaceholders(commander.commandUsage(command)),
    subcommandTerm: (command) => frenchPlaceholders(commander.subcommandTerm(command)),
    optionTerm: (option) => frenchPlaceholders(commander.optionTerm(option)),
    argumentTerm: (argument) => frenchPlaceholder(commander.argumentTerm(argument)),
    optionDescription: (option) => bracketsInFrench(commander.optionDescription(option)),
    argumentDescription: (argument) => bracketsInFrench(commander.argumentDescription(argument)),
    boxWrap: wrapKeepingFixedSpaces,
  };
}

/** All that its version 15 writes above a list. */
const headings: Record<string, string> = {
  'Usage:': 'Usage :',
  'Arguments:': 'À donner :',
  'Options:': 'Options :',
  'Global Options:': 'Options générales :',
  'Commands:': 'Commandes :',
};

function bracketsInFrench(description: string): string {
  const words = { choices: 'choix', default: 'par défaut' };
  return description.replace(/([(,] ?)(choices|default): /g, (_, before: string, word: keyof typeof words) =>
    typeset(`${before}${words[word]} : `, 'fr'),
  );
}

/** JavaScript counts spaces that must not break among those that may. */
function wrapKeepingFixedSpaces(text: string, width: number): string {
  const hidden = text.replaceAll('\u00a0', '\ue0a0').replaceAll('\u202f', '\ue02f');
  return commander.boxWrap(hidden, width).replaceAll('\ue0a0', '\u00a0').replaceAll('\ue02f', '\u202f');
}
