import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * The voice is a command that writes a WAV file of 16-bit sound to its output and reads the sentence as its last
 * argument; `{lang}` becomes fr or en.
 */
export const STANDARD_VOICE = ['espeak-ng', '-v', '{lang}', '-s', '180', '--stdout'];

const MOST_MS = 10_000;
const MOST_BYTES = 20_000_000;
const run = promisify(execFile);

/** Words as a WAV file. Throws when the command cannot, or takes longer than ten seconds. */
export async function speak(voice: readonly string[], lang: string, words: string): Promise<Buffer> {
  const [program = '', ...rest] = voice.map((each) => each.replaceAll('{lang}', lang));
  // A sentence never begins with a hyphen: it could be read as an option.
  const said = words.replace(/^[-\s]+/, '');
  const options = { encoding: 'buffer', maxBuffer: MOST_BYTES, timeout: MOST_MS } as const;
  const { stdout } = await run(program, [...rest, said], options);
  return stdout;
}
