import type { Language } from './config/language.ts';
import { portSentence } from './config/words.ts';

interface Door {
  port: number;
  host: string;
  /** The environment variable that chooses another port. */
  setting: string;
}

/** The sentence for a port that cannot be opened. */
export function portProblem(error: unknown, door: Door, language: Language): Error {
  const code = (error as NodeJS.ErrnoException).code;
  return new Error(portSentence(language, { ...door, taken: code === 'EADDRINUSE', code: code ?? String(error) }));
}
