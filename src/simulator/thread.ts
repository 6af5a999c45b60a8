import './compile-deep.ts';
import { parentPort } from 'node:worker_threads';
import type { Run } from './in-threads.ts';
import { runSeed } from './study.ts';

// One thread of `inThreads`: a run comes in, its figures go out.
parentPort?.on('message', ({ scenario, policy, seed }: Run) => {
  parentPort?.postMessage(runSeed(scenario, policy, seed));
});
