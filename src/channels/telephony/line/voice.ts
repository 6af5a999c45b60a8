import type { Sentence } from '../../../core/telephony/sentence.ts';
import type { Locale } from '../../../core/text/typeset.ts';
import { forgetOldest, type Prompt, promptName } from '../prompt.ts';
import type { FromLine } from './port.ts';

/** What the line knows of the voice, which speaks in another thread: speaking would keep callers waiting. */
export interface Voice {
  /**
   * What lies ready, or the name it will have, having asked for it. Undefined while the voice fails. `end`: the call that
   * may come to hear it in the end; most are over before, and speaking is dear.
   */
  promise(locale: Locale, sentences: readonly Sentence[], mostMs: number, end?: string): Prompt | undefined;
  /** This call goes on: what it may end with is spoken now. */
  goesOn(call: string): void;
  /** Whatever this call was promised, it will not be heard. */
  isOver(call: string): void;
  isReady(prompts: readonly (readonly [name: string, prompt: Prompt])[]): void;
  isWorking(works: boolean): void;
}

/** Who hangs up, or is answered, mostly does so sooner; no phone rings so short a time that this is too late. */
const LATER_MS = 2_000;

export function followVoice(command: readonly string[], tell: (said: FromLine) => void): Voice {
  const ready = new Map<string, Prompt>();
  const asked = new Set<string>();
  const later = new Map<string, { ask(): void; timer: NodeJS.Timeout }>();
  let works = true;
  const isOver = (call: string) => {
    clearTimeout(later.get(call)?.timer);
    later.delete(call);
  };
  const goesOn = (call: string) => {
    later.get(call)?.ask();
    isOver(call);
  };
  return {
    promise: (locale, sentences, mostMs, end) => {
      const name = promptName(command, locale, sentences, mostMs);
      const prompt = ready.get(name);
      if (prompt) return prompt;
      const ask = () => {
        if (asked.has(name) || ready.has(name)) return;
        tell({ kind: 'speak', locale, sentences, mostMs });
        asked.add(name);
        forgetOldest(asked);
      };
      // While it fails each caller is another try.
      if (!works) asked.delete(name);
      if (!works || !end) ask();
      else {
        isOver(end);
        later.set(end, { ask, timer: setTimeout(() => goesOn(end), LATER_MS) });
      }
      return works ? { id: name, ms: mostMs, soon: true } : undefined;
    },
    goesOn,
    isOver,
    isReady: (prompts) => {
      for (const [name, prompt] of prompts) {
        asked.delete(name);
        ready.set(name, prompt);
      }
      forgetOldest(ready);
    },
    isWorking: (now) => {
      works = now;
      asked.clear();
    },
  };
}
