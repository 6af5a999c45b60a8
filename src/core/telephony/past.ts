import { isHeard } from './acceptance.ts';
import { readSteps, type Step } from './step.ts';

/** What a call has been through, as far as the next decision needs it. */
export interface CallPast {
  /** An offer was made and the caller stayed: it is not made again. */
  declined: boolean;
  /** Whose phone rang in vain. */
  tried: string[];
  /** The caller was held for their own advisor. */
  held: boolean;
  /** Until when they may wait, once they have begun to. */
  waitsUntil: Date | null;
}

/** From the steps Kamailio strings together: it tells them with every question, so that nobody has to remember them. */
export function pastOf(words: string): CallPast {
  const steps = readSteps(words);
  const wait = steps.find((step): step is Extract<Step, { kind: 'wait' }> => step.kind === 'wait');
  return {
    declined: isDeclined(words),
    tried: [...new Set(steps.flatMap((step) => (step.kind === 'ring' ? step.advisorId : [])))],
    held: steps.some(({ kind }) => kind === 'hold'),
    waitsUntil: wait?.until ?? null,
  };
}

/**
 * Behind an offer Kamailio says for how many milliseconds it was heard. One that broke off, its announcer having ended,
 * was not declined. A second one is not made again: there is something wrong with what speaks.
 */
function isDeclined(words: string): boolean {
  const offers = [...words.matchAll(/(?:^|\/)offer\.[^/]+(?:\/heard\.(\d{1,9}))?/g)];
  return offers.length > 1 || offers.some(([, heardMs]) => heardMs === undefined || isHeard(Number(heardMs)));
}
