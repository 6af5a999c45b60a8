import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { House } from '../../../desk/house.ts';
import type { FromLine, LineSettings, ToLine } from './port.ts';

export interface LineThread {
  /** While it is starting again this is lost: see `begins`. */
  tell(said: ToLine): void;
  stop(): Promise<void>;
}

export interface LineListener {
  /** The thread is new: it has to be told everything it needs. */
  begins(tell: (said: ToLine) => void): void;
  heard(said: FromLine): void;
}

const AGAIN_AFTER_MS = 500;
const MOST_TO_STOP_MS = 2_000;
/** Beside this module as a source; in the bundle an entry of its own. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './line.js', import.meta.url);
/** It keeps one state of the house and little else. More is a fault: then it ends, and starts again. */
const MOST_MEMORY = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 };

/**
 * Starts the thread that answers Kamailio: this one may write, and whatever else it has to, without keeping a caller
 * waiting. When it ends it is started again; meanwhile Kamailio follows the lists it holds.
 */
export async function startLine(
  log: House['log'],
  settings: LineSettings,
  listener: LineListener,
): Promise<LineThread> {
  let stopped = false;
  let worker: Worker;
  const open = (): Promise<void> =>
    new Promise((resolve) => {
      const current = new Worker(PROGRAM, { workerData: settings, resourceLimits: MOST_MEMORY });
      worker = current;
      current.on('message', (said: FromLine) => {
        if (said.kind !== 'ready') return listener.heard(said);
        listener.begins((told) => current.postMessage(told));
        resolve();
      });
      current.once('error', (error) => log.error({ err: error }, 'the line to Kamailio ended; starting it again'));
      current.once('exit', () => {
        listener.heard({ kind: 'cut' });
        if (!stopped) setTimeout(() => stopped || void open(), AGAIN_AFTER_MS).unref();
        resolve();
      });
    });
  await open();
  return {
    tell: (said) => worker.postMessage(said),
    stop: async () => {
      stopped = true;
      if (worker.threadId < 0) return;
      const ended = once(worker, 'exit');
      worker.postMessage({ kind: 'stop' } satisfies ToLine);
      await Promise.race([ended, pause(MOST_TO_STOP_MS, undefined, { ref: false })]);
      await worker.terminate();
    },
  };
}
