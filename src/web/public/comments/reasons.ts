import { type Reason, reasons } from '../../../desk/comments/moderate.ts';
import type { WordKey } from '../../ui/words/words.ts';

/** The words for why a comment is not shown. */
export function reasonKey(reason: Reason): WordKey {
  return `reason_${reason}`;
}

/** A reason as a form sends it. */
export function reasonOf(value: unknown): Reason | undefined {
  return reasons.find((reason) => reason === value);
}
