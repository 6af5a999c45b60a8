import { catalogue, type Say, type WordKey } from './words.ts';

/** Why something did not leave: our own reasons in the reader's language, a server's as it put them. */
export function sendingError(say: Say, error: string | null): string {
  const key = `sendingError_${error}`;
  return key in catalogue ? say(key as WordKey) : (error ?? '');
}
