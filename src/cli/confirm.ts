import { createInterface } from 'node:readline/promises';
import { operatorLanguage } from '../platform/config/language.ts';
import type { Both } from '../platform/config/said-in-both.ts';
import { inLanguage } from './usage-words.ts';

type Input = NodeJS.ReadableStream & { isTTY?: boolean };

/** Asks a person at a terminal in their language; only a yes in it is one. Undefined: nobody is there to be asked. */
export async function confirm(
  question: Both,
  input: Input = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<boolean | undefined> {
  if (!input.isTTY) return undefined;
  const language = operatorLanguage(process.env);
  const asking = createInterface({ input, output });
  const gone = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  const answer = await Promise.race([asking.question(`${inLanguage(question, language)} `), gone]);
  asking.close();
  return yes[language].test(answer.trim());
}

/** Whoever reads French may have "yes" in their fingers from other commands. */
const yes = { fr: /^(o(ui)?|y(es)?)$/i, en: /^y(es)?$/i };
