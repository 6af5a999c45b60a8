import { dueTime } from '../../core/text/dates.ts';
import type { Scene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';

/** A commitment as it is said to its customer. */
export interface Said {
  kind: 'answer' | 'callback' | 'nextNews' | 'visit';
  owner: string;
  dueAt: Date;
  words: string;
}

const sentences: Record<Said['kind'], WordKey> = {
  answer: 'answerDue',
  callback: 'callbackDue',
  nextNews: 'nextNewsDue',
  visit: 'visitDue',
};

/** "Samira vous rappelle avant 16 h."; when the time has passed, that it has. */
export function PromiseSentence({ scene, promise }: { scene: Scene; promise: Said }) {
  const { say, now, style } = scene;
  const late = promise.dueAt < now;
  const sentence = say(late ? 'promiseBroken' : sentences[promise.kind], {
    name: promise.owner,
    due: dueTime(promise.dueAt, now, style),
  });
  return (
    <>
      <p class={late ? 'due late' : 'due'}>
        <time datetime={promise.dueAt.toISOString()}>{sentence}</time>
      </p>
      {promise.words ? <p class="soft">{promise.words}</p> : null}
    </>
  );
}
