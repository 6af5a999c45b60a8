import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { House } from '../../../desk/house.ts';
import type { AtWork, FromAnnouncer, ToAnnouncer } from './port.ts';

export interface Announcer {
  /** Where it takes calls: `127.0.0.1:PORT`. Undefined while its thread is starting again. */
  address(): string | undefined;
  /** Tells whenever that changes, until it tells somebody else. */
  moved(listener: (address: string | undefined) => void): void;
  /** Ends what this waiting caller hears, if it is this announcer that speaks to them. */
  putThrough(callId: string): void;
  /** Ends what every caller hears: who is in the voicemail is hung up on, the others go on to the next phone. */
  stop(): Promise<void>;
}

export interface AnnouncerOptions {
  /** Where the prompts lie. */
  folder: string;
  /** Where messages of callers are kept until the house has taken them. */
  recordings: string;
  /** Where the sound leaves from. */
  mediaAddress: string;
  port?: number;
  /** A caller's message is over. */
  recorded?(): void;
  /** How long an announcement that is over is known (ms); as long as SIP may repeat a question when left out. */
  keptMs?: number;
}

/** RFC 3261, timers B and H: 64 times T1. */
const KEPT_MS = 32_000;
const AGAIN_AFTER_MS = 500;
const MOST_TO_STOP_MS = 1_500;
const NOT_WRITTEN =
  'a voice message could not be written and its caller was hung up on; see that the folder is there and may be written to, and that the disk is not full';
/** Beside this module as a source; in the bundle an entry of its own. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './announcer.js', import.meta.url);

/**
 * Plays prompts to callers who have not been answered, on loopback only, and takes
 * the messages of those nobody answers. A thread that ends is started again: a call it was speaking to goes on to the next phone.
 */
export async function startAnnouncer(
  log: House['log'],
  { folder, recordings, mediaAddress, port = 0, recorded, keptMs = KEPT_MS }: AnnouncerOptions,
): Promise<Announcer> {
  let stopped = false;
  let at: string | undefined;
  let worker: Worker;
  let tell: ((address: string | undefined) => void) | undefined;
  const isAt = (address: string | undefined) => {
    at = address;
    tell?.(address);
  };
  const open = (): Promise<void> =>
    new Promise((resolve) => {
      worker = new Worker(PROGRAM, { workerData: { port, mediaAddress, folder, recordings, keptMs } satisfies AtWork });
      worker.on('message', (said: FromAnnouncer) => {
        if ('recorded' in said) return recorded?.();
        if ('trouble' in said) return log.error({ err: said.trouble, folder: recordings }, NOT_WRITTEN);
        isAt(`127.0.0.1:${said.port}`);
        resolve();
      });
      worker.once('error', (error) => log.error({ err: error }, 'the announcer ended; starting it again'));
      worker.once('exit', () => {
        isAt(undefined);
        if (!stopped) setTimeout(() => stopped || void open(), AGAIN_AFTER_MS).unref();
        resolve();
      });
    });
  await open();
  return {
    address: () => at,
    moved: (listener) => {
      tell = listener;
    },
    putThrough: (callId) => worker.postMessage({ putThrough: callId } satisfies ToAnnouncer),
    stop: async () => {
      stopped = true;
      isAt(undefined);
      if (worker.threadId < 0) return;
      const ended = once(worker, 'exit');
      worker.postMessage({ leave: true } satisfies ToAnnouncer);
      await Promise.race([ended, pause(MOST_TO_STOP_MS, undefined, { ref: false })]);
      await worker.terminate();
    },
  };
}
