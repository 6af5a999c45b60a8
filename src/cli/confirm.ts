import { createInterface } from 'node:readline/promises';

type Input = NodeJS.ReadableStream & { isTTY?: boolean };

/** Asks a person at a terminal; only "yes" is a yes. Undefined: nobody is there to be asked. */
export async function confirm(
  question: string,
  input: Input = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<boolean | undefined> {
  if (!input.isTTY) return undefined;
  const asking = createInterface({ input, output });
  const gone = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  const answer = await Promise.race([asking.question(`${question} `), gone]);
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}
