import { type DateStyle, dueTime } from '../../core/text/dates.ts';
import type { StepEntry } from '../../web/api/workspace/shapes.ts';
import { catalogue, type Say, type WordKey } from '../words/words.ts';

/** The sentence for something that happened. */
export function stepWords(entry: StepEntry, say: Say, style: DateStyle, now: Date): string {
  const who = entry.who ?? '';
  if (entry.step === 'passedOn') {
    const key = `stepPassed_${entry.detail}`;
    return key in catalogue ? say(key as WordKey, { who }) : who;
  }
  if (entry.step === 'closed') return say('stepClosed', { who });
  if (entry.step === 'opened') return say('stepOpened', { words: entry.words ?? '' });
  const promise = promised(entry, say, style, now);
  const keys = {
    promised: 'stepPromised',
    kept: 'stepKept',
    broken: 'stepBroken',
    withdrawn: 'stepWithdrawn',
  } as const;
  return say(keys[entry.step], { words: promise });
}

function promised(entry: StepEntry, say: Say, style: DateStyle, now: Date): string {
  const key = `promise_${entry.detail}`;
  if (!(key in catalogue) || !entry.dueAt) return entry.words ?? '';
  const words = say(key as WordKey, { time: dueTime(new Date(entry.dueAt), new Date(entry.at) ?? now, style) });
  const lower = words.charAt(0).toLocaleLowerCase() + words.slice(1);
  return entry.words && (entry.step === 'promised' || entry.step === 'kept') ? `${lower}, ${entry.words}` : lower;
}
