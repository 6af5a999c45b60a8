import type { Problem } from '../api/problem.ts';
import { catalogue, type Say, type WordKey } from '../words/words.ts';

/** The sentence for a refusal: ours when there is one, else the server's. */
export function refusalWords(problem: Problem, say: Say): string {
  const key = `refusal_${problem.refusal ?? 'failed'}`;
  if (key in catalogue) return say(key as WordKey, problem.about);
  return problem.detail || say('refusal_failed');
}
