import { fillIn } from '../../core/text/fill-in.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';
import { absenceWords } from './absence-words.ts';
import { callWords } from './call-words.ts';
import { caseloadWords } from './caseload-words.ts';
import { composeWords } from './compose-words.ts';
import { customerWords } from './customer-words.ts';
import { outboxWords } from './outbox-words.ts';
import { shellWords } from './shell-words.ts';
import { trayWords } from './tray-words.ts';
import { voiceWords } from './voice-words.ts';

/** One text in both languages: `{name}` is filled in, in French also `{de name}` and `{à name}`; "one | many" is chosen by `n`. */
export interface Both {
  fr: string;
  en: string;
}

/** Every text of the workspace, in both languages. */
export const catalogue = {
  ...shellWords,
  ...callWords,
  ...caseloadWords,
  ...customerWords,
  ...composeWords,
  ...trayWords,
  ...absenceWords,
  ...outboxWords,
  ...voiceWords,
} satisfies Record<string, Both>;

export type WordKey = keyof typeof catalogue;
export type Say = (key: WordKey, filled?: Record<string, string | number>) => string;

/** The way to say things in one language. */
export function sayIn(locale: Locale): Say {
  const plural = new Intl.PluralRules(locale);
  return (key, filled = {}) => {
    const forms = catalogue[key][locale].split(' | ');
    const many = forms.length > 1 && plural.select(Number(filled.n ?? 0)) !== 'one';
    const text = (many ? forms[1] : forms[0]) ?? '';
    return fillIn(typeset(text, locale), (name) => filled[name] ?? '');
  };
}
