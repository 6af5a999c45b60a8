import { join } from 'node:path';
import type { House } from '../../desk/house.ts';
import { startAnnouncer } from './announcer/start.ts';
import { dialCall } from './dial-call.ts';
import type { Switchboard, TelephonyDoor } from './door.ts';
import { openOwnSentences } from './own-sentences.ts';
import { prepareOffers, prepareTimes } from './prepare-offers.ts';
import { takeRecordings } from './recordings.ts';
import { openSpeech } from './speech.ts';
import { startTelephony } from './start.ts';

export interface TelephonyOptions extends TelephonyDoor {
  /** Address the announcements leave from; callers' media must be able to reach it. */
  mediaAddress: string;
  /** The voice, as a command; the standard one when left out. */
  voice?: readonly string[] | undefined;
  databaseUrl: string;
  /** Where a test keeps the time. */
  time?: SharedArrayBuffer | undefined;
}

export interface Telephony {
  /** Speaks now what callers of the next minutes may have to hear, and hands Kamailio its lists. */
  prepare(): Promise<void>;
  /** Has a call dialled that the workspace asked for. Throws while Kamailio cannot be reached. */
  dial(callId: string): Promise<void>;
  stop(): Promise<void>;
}

const PREPARE_EVERY_MS = 20_000;

/** Opens the telephone side of a house: the voice, the announcer, and the connection to Kamailio. */
export async function openTelephony(
  house: Switchboard['house'] & { config: Pick<House['config'], 'dataFolder'> },
  { mediaAddress, voice, databaseUrl, time, ...door }: TelephonyOptions,
): Promise<Telephony> {
  const speech = await openSpeech(join(house.config.dataFolder, 'prompts'), voice);
  const recordings = join(house.config.dataFolder, 'recordings');
  const takeOver = inTurns(() => takeRecordings(house, recordings));
  const announcer = await startAnnouncer(house.log, {
    folder: speech.folder,
    recordings,
    mediaAddress,
    recorded: takeOver,
  });
  const ownSentences = openOwnSentences(house, speech.folder);
  const board = { house, door, announcer, speech, ownSentences };
  // The first caller must not wait for what every caller needs.
  await ownSentences.refresh();
  await prepareOffers(board);
  const calls = await startTelephony(board, { databaseUrl, voice, time });
  const readRecorded = async () => {
    await ownSentences.refresh();
    calls.recordedRead();
  };
  const timer = setInterval(() => {
    void readRecorded()
      .then(() => prepareOffers(board))
      .then(() => prepareTimes(board));
    void takeOver();
  }, PREPARE_EVERY_MS);
  return {
    prepare: async () => {
      await readRecorded();
      await prepareOffers(board);
      await calls.keepUp();
    },
    dial: (callId) => dialCall(board, callId, calls),
    stop: async () => {
      clearInterval(timer);
      // What the announcer ends is still heard of, but its callers are not given back to it.
      calls.leave();
      await announcer.stop();
      await takeOver();
      await calls.stop();
    },
  };
}

/** Asked again while it is at work, it looks once more when it is done: the second asked because of something new. */
function inTurns(work: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(work);
    return last;
  };
}
