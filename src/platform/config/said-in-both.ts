import type { Language } from './language.ts';

/** One sentence in both languages. */
export type Both = Record<Language, string>;

/** An error whoever runs the program can mend: its sentence in both languages; `message` is the English one. */
export class SaidInBoth extends Error {
  readonly words: Both;

  constructor(words: Both, options?: ErrorOptions) {
    super(words.en, options);
    this.words = words;
  }
}

/** What is told of an error, in the language of whoever runs the program where it has a sentence for them. */
export function sentenceOf(error: unknown, language: Language): string {
  if (error instanceof SaidInBoth) return error.words[language];
  return error instanceof Error ? error.message : String(error);
}
