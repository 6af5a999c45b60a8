import { createHash } from 'node:crypto';
import type { Sentence } from '../../core/telephony/sentence.ts';
import type { Locale } from '../../core/text/typeset.ts';

/** A sentence as sound: the name of its file (without `.wav`) and how long it lasts. */
export interface Prompt {
  id: string;
  ms: number;
  /** It is being spoken: its file comes soon, or never when the voice fails. `ms`: the longest it can be. */
  soon?: boolean;
}

/** The name of the first of these sentences that lasts at most so long, before it is known which one that is. */
export const promptName = (voice: readonly string[], locale: Locale, sentences: readonly Sentence[], mostMs: number) =>
  nameOf([voice, locale, sentences, mostMs]) + marksIn(sentences);

/** The name of one sentence, or of one of its parts. */
export const sentenceName = (voice: readonly string[], locale: Locale, sentence: Sentence) =>
  nameOf([voice, locale, sentence, 'even']) + marksIn([sentence]);

const nameOf = (words: unknown): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);

const RECORDED_NAME = 40;
const MARK = 12;

/** The name of what an advisor recorded then. Recorded again it has another, even if it were the same sound. */
export const recordedName = (sha256: Buffer, recordedAt: Date): string =>
  createHash('sha256').update(sha256).update(recordedAt.toISOString()).digest('hex').slice(0, RECORDED_NAME);

/** Behind the name of what holds somebody's voice: by them its copies are found once it was removed. */
function marksIn(sentences: readonly Sentence[]): string {
  const parts = sentences.flatMap((sentence) => (typeof sentence === 'string' ? [] : sentence));
  const names = parts.flatMap((part) => (typeof part === 'string' ? [] : part.recorded.slice(0, MARK)));
  return [...new Set(names)].join('');
}

const HOLDS_VOICE = new RegExp(`^(?:[0-9a-f]{${RECORDED_NAME}}|[0-9a-f]{32}((?:[0-9a-f]{${MARK}})+))\\.wav$`);

/** Whether this file holds the voice of somebody who removed it: none of these recordings, or made from another one. */
export function holdsRemoved(file: string, recorded: ReadonlySet<string>): boolean {
  const found = HOLDS_VOICE.exec(file);
  if (!found) return false;
  const [, marks] = found;
  if (!marks) return !recorded.has(file.slice(0, RECORDED_NAME));
  const known = new Set([...recorded].map((name) => name.slice(0, MARK)));
  return (marks.match(new RegExp(`.{${MARK}}`, 'g')) ?? []).some((mark) => !known.has(mark));
}

/** Of a day's times and names. What is forgotten is found again as a file. */
const MOST_KNOWN = 5_000;

/** Keeps the newest: times and names change, and a process runs for months. */
export function forgetOldest(known: Map<string, unknown> | Set<string>): void {
  for (const name of known.keys()) {
    if (known.size <= MOST_KNOWN) return;
    known.delete(name);
  }
}
