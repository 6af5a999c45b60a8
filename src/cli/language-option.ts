import { type Command, Option } from 'commander';
import type { Locale } from '../core/text/typeset.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import { programHelp } from './program-words.ts';
import { readsJson } from './say.ts';
import { toOperator } from './usage-words.ts';

/** `--lang`: the language of what a command says; the system's by default. */
export function languageOption(): Option {
  return new Option('--lang <language>', toOperator(programHelp.lang))
    .choices(['fr', 'en'])
    .default(operatorLanguage(process.env));
}

/** The language of results of a command with `--french`: the terminal's without it; a program that reads JSON gets English. */
export function toldIn(command: Command, { french }: { french?: boolean }): Locale {
  if (french) return 'fr';
  return readsJson(command) ? 'en' : operatorLanguage(process.env);
}
