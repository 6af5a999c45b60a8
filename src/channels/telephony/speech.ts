import { execFile } from 'node:child_process';
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readWav, SAMPLES_A_SECOND, writeWav } from '../../core/telephony/wav.ts';
import type { Locale } from '../../core/text/typeset.ts';
import { forgetOldest, type Prompt, promptName, sentenceName } from './prompt.ts';

export interface Speech {
  folder: string;
  /** The first of these sentences that lasts at most `mostMs`; undefined when none does, or the voice fails. */
  speak(locale: Locale, sentences: readonly string[], mostMs: number): Promise<Prompt | undefined>;
  /** Tells what lies ready and whether the voice works, now and whenever it changes, until it is told somebody else. */
  tell(news: SpeechNews): void;
}

export interface SpeechNews {
  /** By the names they are asked for under (`promptName`). */
  ready(prompts: readonly (readonly [name: string, prompt: Prompt])[]): void;
  works(voice: boolean): void;
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
  const ready = new Map<string, Prompt>();
  const inTurn = fewAtOnce();
  let works = true;
  let news: SpeechNews | undefined;
  const once = (locale: Locale, sentence: string) => {
    const id = sentenceName(voice, locale, sentence);
    const found = known.get(id) ?? inTurn(() => spoken(folder, id, voice, locale, sentence));
    known.set(id, found);
    void found.then((prompt) => {
      if (works !== (prompt !== undefined)) news?.works(!works);
      works = prompt !== undefined;
      if (!works) known.delete(id);
    });
    forgetOldest(known);
    return found;
  };
  const speak = async (locale: Locale, sentences: readonly string[], mostMs: number) => {
    const name = promptName(voice, locale, sentences, mostMs);
    for (const sentence of sentences) {
      const prompt = await once(locale, sentence);
      if (!prompt || prompt.ms > mostMs) continue;
      if (ready.has(name)) return prompt;
      await nameAlso(folder, prompt.id, name);
      ready.set(name, prompt);
      news?.ready([[name, prompt]]);
      forgetOldest(ready);
      return prompt;
    }
    return undefined;
  };
  // Whether the voice works is known before the first caller needs it.
  void once('fr', 'Bonjour.');
  return {
    folder,
    speak,
    tell: (whom) => {
      news = whom;
      whom.ready([...ready]);
      whom.works(works);
    },
  };
}

/** Who was promised the sentence before it was known which of them fits finds it under this name. */
async function nameAlso(folder: string, id: string, name: string): Promise<void> {
  await link(join(folder, `${id}.wav`), join(folder, `${name}.wav`)).catch(() => undefined);
}

/** Sentences spoken at the same time: a hundred callers at once must not start a hundred voices. */
const VOICES = 2;

function fewAtOnce(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (busy >= VOICES) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
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
