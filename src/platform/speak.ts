import { openSmallShell, type SmallShell } from './small-shell.ts';

/**
 * The voice is a command that writes a WAV file of 16-bit sound to its output and reads the sentence as its last
 * argument; `{lang}` becomes fr or en.
 */
export const STANDARD_VOICE = ['espeak-ng', '-v', '{lang}', '-s', '180', '--stdout'];

/** espeak-ng opens PulseAudio too, which makes itself a file of 64 MB. */
const LIMITS = { mostSeconds: 10, mostBytes: 100_000_000 };
/** Sentences spoken at the same time: a hundred callers at once must not start a hundred voices. */
const VOICES = 2;

const idle = Array.from({ length: VOICES }, () => openSmallShell(LIMITS));
const waiting: ((shell: SmallShell) => void)[] = [];

/** Words as a WAV file. Throws when the command cannot, or takes longer than ten seconds. */
export async function speak(voice: readonly string[], lang: string, words: string): Promise<Buffer> {
  const command = voice.map((each) => each.replaceAll('{lang}', lang));
  // A sentence never begins with a hyphen: it could be read as an option.
  const said = words.replace(/^[-\s]+/, '');
  const shell = idle.pop() ?? (await new Promise<SmallShell>((resolve) => waiting.push(resolve)));
  try {
    return await shell.run([...command, said]);
  } finally {
    const next = waiting.shift();
    if (next) next(shell);
    else idle.push(shell);
  }
}
