import { Worker } from 'node:worker_threads';
import type { Policy } from '../core/routing/policy.ts';
import type { Scenario } from './scenario.ts';
import type { SeedResult } from './study.ts';

export interface Run {
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly seed: number;
}

/** Runs all of them, some at once; results in the order of the runs. Aborted: every thread is ended and it throws. */
export async function inThreads(
  runs: readonly Run[],
  threads: number,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<SeedResult[]> {
  const results: SeedResult[] = [];
  let next = 0;
  let done = 0;
  const workers = Array.from({ length: Math.min(threads, runs.length) }, () => newWorker());
  const stop = () => {
    for (const worker of workers) void worker.terminate();
  };
  signal.addEventListener('abort', stop);
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (let index = next++; index < runs.length; index = next++) {
          results[index] = await ask(worker, runs[index] as Run, signal);
          done += 1;
          onProgress(done);
        }
      }),
    );
    return results;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** The bundle has the thread beside it under a name of its own. */
function newWorker(): Worker {
  const file = import.meta.url.endsWith('.ts') ? './thread.ts' : './simulation-thread.js';
  return new Worker(new URL(file, import.meta.url));
}

function ask(worker: Worker, run: Run, signal: AbortSignal): Promise<SeedResult> {
  return new Promise((resolve, reject) => {
    const ended = () =>
      reject(signal.aborted ? new Error('stopped') : new Error('A simulation ended without an answer.'));
    worker.once('exit', ended);
    worker.once('error', reject);
    worker.once('message', (result: SeedResult) => {
      worker.off('exit', ended);
      worker.off('error', reject);
      resolve(result);
    });
    worker.postMessage(run);
  });
}
