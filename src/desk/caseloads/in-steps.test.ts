import { expect, test } from 'vitest';
import { territory } from '../../../test/caseload-territory.ts';
import { designInSteps } from '../../core/caseloads/design.ts';
import { inSteps } from './in-steps.ts';

test('a design of a large territory lets others have their turn, and ends where it is cancelled', async () => {
  const { units, seats } = territory(['25', '39'], 120_000, 30);
  const stopping = new AbortController();
  let turns = 0;
  const watching = setInterval(() => {
    turns += 1;
    if (turns === 3) stopping.abort(new Error('cancelled'));
  }, 1);
  let steps = 0;
  const counted = (function* () {
    const all = designInSteps(units, seats);
    for (let step = all.next(); !step.done; step = all.next()) {
      steps += 1;
      yield;
    }
    return 'done';
  })();
  await expect(inSteps(counted, stopping.signal)).rejects.toThrow('cancelled');
  clearInterval(watching);
  expect(turns).toBe(3);
  expect(steps).toBeGreaterThan(0);
  expect(counted.next().done).toBe(false);
});
