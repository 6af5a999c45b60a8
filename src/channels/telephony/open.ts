import { join } from 'node:path';
import type { House } from '../../desk/house.ts';
import { startAnnouncer } from './announcer/start.ts';
import type { Switchboard, TelephonyDoor } from './door.ts';
import { prepareOffers } from './prepare-offers.ts';
import { openSpeech } from './speech.ts';
import { startTelephony } from './start.ts';

export interface TelephonyOptions extends TelephonyDoor {
  /** Address the announcements leave from; callers' media must be able to reach it. */
  mediaAddress: string;
  /** The voice, as a command; the standard one when left out. */
  voice?: readonly string[] | undefined;
}

export interface Telephony {
  /** Speaks now what callers of the next minutes may have to hear. */
  prepare(): Promise<void>;
  stop(): Promise<void>;
}

const PREPARE_EVERY_MS = 20_000;

/** Opens the telephone side of a house: the voice, the announcer, and the connection to Kamailio. */
export async function openTelephony(
  house: Switchboard['house'] & { config: Pick<House['config'], 'dataFolder'> },
  { mediaAddress, voice, ...door }: TelephonyOptions,
): Promise<Telephony> {
  const speech = await openSpeech(join(house.config.dataFolder, 'prompts'), voice);
  const announcer = await startAnnouncer(house.log, { folder: speech.folder, mediaAddress });
  const board = { house, door, announcer, speech };
  // The first caller must not wait for what every caller needs.
  await prepareOffers(board);
  const calls = startTelephony(board);
  const timer = setInterval(() => void prepareOffers(board), PREPARE_EVERY_MS);
  return {
    prepare: () => prepareOffers(board),
    stop: async () => {
      clearInterval(timer);
      await calls.stop();
      await announcer.stop();
    },
  };
}
