import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readWav, SAMPLES_A_SECOND, writeWav } from '../../core/telephony/wav.ts';
import type { Locale } from '../../core/text/typeset.ts';

/** A sentence as sound: the name of its file (without `.wav`) and how long it lasts. */
export interface Prompt {
  id: string;
  ms: number;
}

export interface Speech {
  folder: string;
  /** The first of these sentences that lasts at most `mostMs`; undefined when none does, or the voice fails. */
  speak(locale: Locale, sentences: readonly string[], mostMs: number): Promise<Prompt | undefined>;
}

/**
 * The voice is a command that writes a WAV file of 16-bit sound to its output and reads the sentence as its last
 * argument; `{lang}` becomes fr or en.
 */
export const STANDARD_VOICE = ['espeak-ng', '-v', '{lang}', '-s', '180', '--stdout'];

const VOICE_MOST_MS = 10_000;
const MOST_BYTES = 20_000_000;
const KEEP_MS = 30 * 86_400_000;
const run = promisify(execFile);

/** Sentences as sound, each spoken once: the file is named by voice and words, so every later call finds it. */
export async function openSpeech(folder: string, voice: readonly string[] = STANDARD_VOICE): Promise<Speech> {
  await mkdir(folder, { recursive: true });
  await forgetOld(folder);
  const known = new Map<string, Promise<Prompt | undefined>>();
  const once = (locale: Locale, sentence: string) => {
    const id = createHash('sha256')
      .update(JSON.stringify([voice, locale, sentence]))
      .digest('hex')
      .slice(0, 32);
    const found = known.get(id) ?? spoken(folder, id, voice, locale, sentence);
    known.set(id, found);
    void found.then((prompt) => prompt ?? known.delete(id));
    return found;
  };
  return {
    folder,
    speak: async (locale, sentences, mostMs) => {
      for (const sentence of sentences) {
        const prompt = await once(locale, sentence);
        if (prompt && prompt.ms <= mostMs) return prompt;
      }
      return undefined;
    },
  };
}

async function spoken(
  folder: string,
  id: string,
  voice: readonly string[],
  locale: Locale,
  sentence: string,
): Promise<Prompt | undefined> {
  const file = join(folder, `${id}.wav`);
  try {
    const samples = (await kept(file)) ?? (await said(voice, locale, sentence));
    if (!samples || samples.length === 0) return undefined;
    const part = `${file}.${process.pid}`;
    await writeFile(part, writeWav(samples));
    await rename(part, file);
    return { id, ms: Math.ceil((samples.length / SAMPLES_A_SECOND) * 50) * 20 };
  } catch {
    return undefined;
  }
}

async function kept(file: string): Promise<Int16Array | undefined> {
  return readFile(file).then(readWav, () => undefined);
}

async function said(voice: readonly string[], locale: Locale, sentence: string): Promise<Int16Array | undefined> {
  const [program = '', ...rest] = voice.map((each) => each.replaceAll('{lang}', locale));
  // A sentence never begins with a hyphen: it could be read as an option.
  const words = sentence.replace(/^[-\s]+/, '');
  const { stdout } = await run(program, [...rest, words], {
    encoding: 'buffer',
    maxBuffer: MOST_BYTES,
    timeout: VOICE_MOST_MS,
  });
  return readWav(stdout);
}

/** Times and names change: what nobody has heard for a month is spoken again when it is needed. */
async function forgetOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const age = Date.now() - (await stat(file)).mtimeMs;
    if (age > KEEP_MS) await rm(file, { force: true });
  }
}
