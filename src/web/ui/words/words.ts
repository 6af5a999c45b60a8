import { fillIn } from '../../../core/text/fill-in.ts';
import { type Locale, typeset } from '../../../core/text/typeset.ts';
import { accountWords } from './account-words.ts';
import { adminWords } from './admin-words.ts';
import { callbackPageWords } from './callback-words.ts';
import { caseloadWords } from './caseload-words.ts';
import type { Both } from './catalogue.ts';
import { commentWords } from './comment-words.ts';
import { contactWords } from './contact-words.ts';
import { editorWords } from './editor-words.ts';
import { figureWords } from './figure-words.ts';
import { messageWords } from './message-words.ts';
import { moderationWords } from './moderation-words.ts';
import { myWords } from './my-words.ts';
import { pageWords } from './page-words.ts';
import { permanenceWords } from './permanence-words.ts';
import { planWords } from './plan-words.ts';
import { postWords } from './post-words.ts';
import { passkeyWords, problemWords } from './problem-words.ts';
import { erasureWords, registerWords } from './register-words.ts';
import { sectorWords } from './sector-words.ts';
import { settingWords } from './setting-words.ts';
import { solvedWords } from './solved-words.ts';
import { staffWords } from './staff-words.ts';
import { teamWords } from './team-words.ts';

/** Every text of the pages and of the API's problems, by key. */
export const words = {
  ...pageWords,
  ...contactWords,
  ...messageWords,
  ...myWords,
  ...permanenceWords,
  ...callbackPageWords,
  ...postWords,
  ...commentWords,
  ...editorWords,
  ...moderationWords,
  ...staffWords,
  ...caseloadWords,
  ...adminWords,
  ...figureWords,
  ...planWords,
  ...registerWords,
  ...erasureWords,
  ...teamWords,
  ...accountWords,
  ...sectorWords,
  ...settingWords,
  ...solvedWords,
  ...problemWords,
  ...passkeyWords,
};
export type WordKey = keyof typeof words;

export const locales: readonly Locale[] = ['fr', 'en'];

/** The text of this key in this language, properly set, with `{name}` filled in. */
export type Say = (key: WordKey, filled?: Record<string, string | number>) => string;

/** A sentence of the catalogue, or one that is made in the language asked for. */
export type Sentence = WordKey | ((locale: Locale) => string);

/** The sentence in this language. */
export function sayIn(locale: Locale, sentence: Sentence): string {
  return typeof sentence === 'string' ? speak(locale)(sentence) : sentence(locale);
}

/** The catalogue in one language. */
export function speak(locale: Locale): Say {
  return locale === 'fr' ? sayFrench : sayEnglish;
}

const set = Object.fromEntries(
  locales.map((locale) => [
    locale,
    Object.fromEntries(
      Object.entries(words).map(([key, both]: [string, Both]) => [key, typeset(both[locale], locale)]),
    ),
  ]),
) as Record<Locale, Record<WordKey, string>>;

const sayFrench: Say = (key, filled) => fill(set.fr[key], filled);
const sayEnglish: Say = (key, filled) => fill(set.en[key], filled);

function fill(text: string, filled: Record<string, string | number> = {}): string {
  return fillIn(text, (name) => filled[name]);
}
