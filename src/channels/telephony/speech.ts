import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evenVoice } from '../../core/telephony/loudness.ts';
import { msOf, type Parts, type Sentence, soundOfParts } from '../../core/telephony/sentence.ts';
import { readWav, writeWav } from '../../core/telephony/wav.ts';
import type { Locale } from '../../core/text/typeset.ts';
import { STANDARD_VOICE, speak } from '../../platform/speak.ts';
import { forgetOldest, type Prompt, promptName, sentenceName } from './prompt.ts';

export interface Speech {
  folder: string;
  /** The first of these sentences that lasts at most `mostMs`; undefined when none does, or the voice fails. */
  speak(locale: Locale, sentences: readonly Sentence[], mostMs: number): Promise<Prompt | undefined>;
  /** Speaks the first few of these parts that were not spoken yet; the others the next time. */
  speakAhead(locale: Locale, parts: readonly string[]): Promise<void>;
  /** Tells what lies ready and whether the voice works, now and whenever it changes, until it is told somebody else. */
  tell(news: SpeechNews): void;
}

export interface SpeechNews {
  /** By the names they are asked for under (`promptName`). */
  ready(prompts: readonly (readonly [name: string, prompt: Prompt])[]): void;
  works(voice: boolean): void;
}

const KEEP_MS = 30 * 86_400_000;
/** Nobody waits for them, and whoever is spoken for now comes first. */
const AHEAD_AT_ONCE = 6;

/**
 * Sentences as sound, each part of one spoken once: the file is named by voice and words, so every later call finds it.
 * To start the voice costs more than all else a call needs.
 */
export async function openSpeech(folder: string, voice: readonly string[] = STANDARD_VOICE): Promise<Speech> {
  await mkdir(folder, { recursive: true });
  await forgetOld(folder);
  const known = new Map<string, Promise<Prompt | undefined>>();
  const ready = new Map<string, Prompt>();
  let works = true;
  let news: SpeechNews | undefined;
  const once = (id: string, make: () => Promise<Prompt | undefined>) => {
    const found = known.get(id) ?? make();
    known.set(id, found);
    void found.then((prompt) => prompt ?? known.delete(id));
    forgetOldest(known);
    return found;
  };
  const spoken = (locale: Locale, sentence: string) => {
    const id = sentenceName(voice, locale, sentence);
    const say = async () => {
      const sound = readWav(await speak(voice, locale, sentence));
      return sound && evenVoice(sound);
    };
    const found = once(id, () => made(folder, id, say));
    void found.then((prompt) => {
      if (works !== (prompt !== undefined)) news?.works(!works);
      works = prompt !== undefined;
    });
    return found;
  };
  // That a recorded part is missing says nothing about the voice.
  const put = (locale: Locale, parts: Parts) => {
    const id = sentenceName(voice, locale, parts);
    const join = () =>
      soundOfParts(parts, {
        spoken: async (words) => soundIn(folder, (await spoken(locale, words))?.id),
        recorded: (name) => soundIn(folder, name),
      });
    return once(id, () => made(folder, id, join));
  };
  const prepare = async (locale: Locale, sentences: readonly Sentence[], mostMs: number) => {
    const name = promptName(voice, locale, sentences, mostMs);
    const found = ready.get(name);
    if (found) return found;
    for (const sentence of sentences) {
      const prompt = await (typeof sentence === 'string' ? spoken(locale, sentence) : put(locale, sentence));
      if (!prompt || prompt.ms > mostMs) continue;
      await nameAlso(folder, prompt.id, name);
      ready.set(name, prompt);
      news?.ready([[name, prompt]]);
      forgetOldest(ready);
      return prompt;
    }
    return undefined;
  };
  const speakAhead = async (locale: Locale, parts: readonly string[]) => {
    const missing = parts.filter((part) => !known.has(sentenceName(voice, locale, part)));
    for (const part of missing.slice(0, AHEAD_AT_ONCE)) await spoken(locale, part);
  };
  // Whether the voice works is known before the first caller needs it.
  void spoken('fr', 'Bonjour.');
  return {
    folder,
    speak: prepare,
    speakAhead,
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

/** The prompt of this name: found as a file, or made now. Undefined when it cannot be made. */
async function made(
  folder: string,
  id: string,
  make: () => Promise<Int16Array | undefined>,
): Promise<Prompt | undefined> {
  const file = join(folder, `${id}.wav`);
  try {
    const samples = (await soundIn(folder, id)) ?? (await make());
    if (!samples || samples.length === 0) return undefined;
    const part = `${file}.${process.pid}`;
    await writeFile(part, writeWav(samples));
    await rename(part, file);
    return { id, ms: msOf(samples) };
  } catch {
    return undefined;
  }
}

async function soundIn(folder: string, id: string | undefined): Promise<Int16Array | undefined> {
  return id === undefined ? undefined : readFile(join(folder, `${id}.wav`)).then(readWav, () => undefined);
}

/** Times and names change: what nobody has heard for a month is spoken again when it is needed. */
async function forgetOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const age = Date.now() - (await stat(file)).mtimeMs;
    if (age > KEEP_MS) await rm(file, { force: true });
  }
}
