import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.ts';

export interface Kill {
  what: 'product' | 'database';
  /** Until requests were answered again. */
  readyAfterMs: number;
  /** Whether a message was then taken and a mail server stood at its port. */
  worksAgain: boolean;
}

/** Every so many kills it is PostgreSQL's turn. */
const DATABASE_EVERY = 5;

interface Plan {
  seconds: number;
  kills?: number | undefined;
  longestPauseMs?: number | undefined;
  say(words: string): void;
}

/** Kills at random moments until the time or the number of kills is used up. */
export async function killAgainAndAgain(
  stage: Stage,
  { seconds, kills = Number.POSITIVE_INFINITY, longestPauseMs = 3_000, say }: Plan,
): Promise<Kill[]> {
  const until = performance.now() + seconds * 1_000;
  const done: Kill[] = [];
  while (done.length < kills && performance.now() < until) {
    await sleep(100 + Math.random() * longestPauseMs);
    const what = done.length % DATABASE_EVERY === DATABASE_EVERY - 2 ? 'database' : 'product';
    const readyAfterMs = await (what === 'product' ? stage.killProduct() : stage.killDatabase());
    done.push({ what, readyAfterMs, worksAgain: await stage.works() });
    say(`kill ${done.length}: ${what}, ready again after ${Math.round(readyAfterMs)} ms`);
  }
  return done;
}
