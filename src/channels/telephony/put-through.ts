import { isWaiting } from '../../core/telephony/step.ts';
import { putThrough } from '../../desk/calls/put-through.ts';
import type { Switchboard } from './door.ts';
import type { CallMessage } from './message.ts';

/** While anybody waits: advisors become free without a word, when their time to write up a call is over. */
const LOOK_EVERY_MS = 500;
/** Calls that end in a rush are one reason to look. */
const GATHER_MS = 50;

export interface Queue {
  /** Something has happened after which somebody may be free, or wait. */
  look(): void;
  stop(): Promise<void>;
}

/** Puts callers who wait through to whoever becomes free, for as long as anybody waits. `say` reaches Kamailio. */
export function startQueue({ house }: Pick<Switchboard, 'house'>, say: (value: unknown) => void): Queue {
  let timer: { soon: boolean; handle: NodeJS.Timeout } | undefined;
  let looking: Promise<void> | undefined;
  let stopped = false;
  const lookIn = (ms: number) => {
    const soon = ms < LOOK_EVERY_MS;
    if (stopped || timer?.soon || (timer && !soon)) return;
    clearTimeout(timer?.handle);
    timer = { soon, handle: setTimeout(run, ms) };
  };
  const run = () => {
    timer = undefined;
    looking = (looking ?? Promise.resolve()).then(lookNow);
  };
  const lookNow = async () => {
    try {
      const { callIds, othersWait } = await house.transact(putThrough);
      for (const id of callIds) say({ free: id });
      // Also for who is put through: should the word be lost, they are looked at again.
      if (othersWait || callIds.length > 0) lookIn(LOOK_EVERY_MS);
    } catch (error) {
      house.log.error({ err: error }, 'nobody could be put through');
      lookIn(LOOK_EVERY_MS);
    }
  };
  return {
    look: () => lookIn(GATHER_MS),
    stop: async () => {
      stopped = true;
      clearTimeout(timer?.handle);
      await looking;
    },
  };
}

/** Whether a caller begins to wait, or an advisor may be free, after this. */
export const changesQueue = ({ event, step }: CallMessage): boolean =>
  event === 'ringing' ? isWaiting(step) : event !== 'invited' && event !== 'again';
