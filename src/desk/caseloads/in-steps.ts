import { setImmediate as turn } from 'node:timers/promises';
import type { Steps } from '../../core/caseloads/steps.ts';

/** Runs long work step by step: others get their turn in between, and an abort ends it with the signal's reason. */
export async function inSteps<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  for (;;) {
    signal?.throwIfAborted();
    const step = steps.next();
    if (step.done) return step.value;
    await turn();
  }
}
