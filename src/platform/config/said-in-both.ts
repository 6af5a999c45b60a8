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
  if (!(error instanceof Error)) return String(error);
  return fileTrouble(error)?.[language] ?? error.message;
}

/** A file or folder that could not be read or written, by what the system says of it. */
function fileTrouble({ code = '', path }: NodeJS.ErrnoException): Both | undefined {
  if (path === undefined) return undefined;
  const sentences: Record<string, Both> = {
    ENOENT: {
      fr: `${path} n’existe pas, ou son dossier n’existe pas. Vérifiez le nom.`,
      en: `${path} does not exist, or its folder does not. Check the name.`,
    },
    EISDIR: { fr: `${path} est un dossier. Nommez un fichier.`, en: `${path} is a folder. Name a file.` },
    EACCES: {
      fr: `Vous n’avez pas accès à ${path}. Vérifiez vos droits.`,
      en: `You may not use ${path}. Check your rights.`,
    },
    EROFS: {
      fr: `On ne peut pas écrire dans ${path}. Choisissez un autre endroit.`,
      en: `${path} cannot be written to. Choose another place.`,
    },
    ENOSPC: {
      fr: `Il n’y a plus de place pour ${path}. Libérez-en.`,
      en: `There is no room left for ${path}. Free some.`,
    },
  };
  return sentences[code];
}
