import { Worker } from 'node:worker_threads';

export type Solved = { ok: true; parts: ReadonlyMap<string, number> } | { ok: false; why: string };

/** Loads highs (WASM) beside this module, so that the same lines serve sources, bundle and tests. */
const work = `
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
createRequire(workerData.beside)('highs')().then((highs) => {
  const solved = highs.solve(workerData.text, { output_flag: false, time_limit: workerData.seconds, mip_rel_gap: 0.005 });
  const parts = Object.values(solved.Columns).filter((each) => Number.isFinite(each.Primal) && each.Primal > 1e-9).map((each) => [each.Name, each.Primal]);
  parentPort.postMessage({ status: solved.Status, parts });
});`;

/**
 * Solves a linear programme (CPLEX LP text), also one with binary variables, in a worker thread. After so many seconds
 * the best that was found is the answer. No solution: said why. Aborted: the signal's reason is thrown.
 */
export async function solveLinear(text: string, signal?: AbortSignal, seconds = 60): Promise<Solved> {
  signal?.throwIfAborted();
  const worker = new Worker(work, { eval: true, workerData: { text, seconds, beside: import.meta.url } });
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop);
  try {
    return await answerOf(worker);
  } catch (problem) {
    signal?.throwIfAborted();
    throw problem;
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

const solved = ['Optimal', 'Time limit reached'];

function answerOf(worker: Worker): Promise<Solved> {
  return new Promise((resolve, reject) => {
    worker.once('message', ({ status, parts }: { status: string; parts: [string, number][] }) =>
      resolve(solved.includes(status) ? { ok: true, parts: new Map(parts) } : { ok: false, why: status }),
    );
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The solver ended without an answer.')));
  });
}
