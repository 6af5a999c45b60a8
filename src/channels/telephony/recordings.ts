import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeG711 } from '../../core/telephony/g711.ts';
import { isSpoken } from '../../core/telephony/loudness.ts';
import { writeWav } from '../../core/telephony/wav.ts';
import { keepVoiceMessage } from '../../desk/calls/voice-message.ts';
import type { House } from '../../desk/house.ts';

const NAME = /^([0-9a-f-]{8,80})\.([08])\.g711(\.part)?$/;
/** Still being left, unless its process ended: no message is as long as this. */
const UNFINISHED_MS = 5 * 60_000;

/**
 * Puts the messages callers left beside their calls, and deletes each file once that is done. One whose call is not known
 * yet stays for the next time; one in which nobody spoke is deleted. Never throws.
 */
export async function takeRecordings(house: Pick<House, 'transact' | 'log'>, folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, callId, type, part] = NAME.exec(name) ?? [];
    const file = join(folder, name);
    try {
      if (!callId || (part && (await ageOf(file)) < UNFINISHED_MS)) continue;
      const samples = decodeG711(await readFile(file), type === '8' ? 8 : 0);
      const seconds = Math.round(samples.length / 8_000);
      const sound = writeWav(samples);
      if (!isSpoken(samples) || (await house.transact((tx) => keepVoiceMessage(tx, { callId, sound, seconds }))))
        await rm(file, { force: true });
    } catch (error) {
      house.log.error({ err: error, file }, 'a voice message could not be kept; it stays in its folder');
    }
  }
}

const ageOf = async (file: string) => Date.now() - (await stat(file)).mtimeMs;
