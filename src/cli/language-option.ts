import { Option } from 'commander';
import { operatorLanguage } from '../platform/config/language.ts';

/** `--lang`: the language of what a command says; the system's by default. */
export function languageOption(): Option {
  return new Option('--lang <language>', 'of what it says')
    .choices(['fr', 'en'])
    .default(operatorLanguage(process.env));
}
