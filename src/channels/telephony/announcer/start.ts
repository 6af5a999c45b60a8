import { Worker } from 'node:worker_threads';
import type { House } from '../../../desk/house.ts';

export interface Announcer {
  /** Where it takes calls: `127.0.0.1:PORT`. Undefined while its thread is starting again. */
  address(): string | undefined;
  stop(): Promise<void>;
}

const AGAIN_AFTER_MS = 500;
/** Beside this module as a source; in the bundle an entry of its own. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './announcer.js', import.meta.url);

/**
 * Plays prompts to callers who have not been answered, on loopback only. The folder holds them; `mediaAddress` is where
 * the sound leaves from. A thread that ends is started again: a call it was speaking to goes on to the next phone.
 */
export async function startAnnouncer(
  log: House['log'],
  { folder, mediaAddress, port = 0 }: { folder: string; mediaAddress: string; port?: number },
): Promise<Announcer> {
  let stopped = false;
  let at: string | undefined;
  let worker: Worker;
  const open = (): Promise<void> =>
    new Promise((resolve) => {
      worker = new Worker(PROGRAM, { workerData: { port, mediaAddress, folder } });
      worker.once('message', (ready: { port: number }) => {
        at = `127.0.0.1:${ready.port}`;
        resolve();
      });
      worker.once('error', (error) => log.error({ err: error }, 'the announcer ended; starting it again'));
      worker.once('exit', () => {
        at = undefined;
        if (!stopped) setTimeout(() => void open(), AGAIN_AFTER_MS).unref();
        resolve();
      });
    });
  await open();
  return {
    address: () => at,
    stop: async () => {
      stopped = true;
      await worker.terminate();
    },
  };
}
