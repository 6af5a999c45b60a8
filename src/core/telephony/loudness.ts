/** 20 ms. */
const FRAME = 160;
/** A quiet voice on a bad line; the noise of one that nobody speaks into is a tenth of it. */
const VOICE = 250;
/** Shorter than this is a click or a breath: in frames. */
const LEAST_FRAMES = 15;
/** Quieter than this part of the loudest frame is the silence before or after a voice, however loud it was recorded. */
const SILENCE = 0.05;
/** Kept of the silence on either side: a word begins and ends softly, and parts need a breath between them. */
const MARGIN_FRAMES = 2;
/** As loud as espeak-ng speaks (2,700 to 3,800). */
const LOUDNESS = 3_000;
/** A voice much too quiet is mostly noise. */
const MOST_GAIN = 8;
const HIGHEST = 30_000;

/** Whether there is somebody in it. */
export function isSpoken(samples: Int16Array): boolean {
  return loudnessOf(samples).filter((loud) => loud > VOICE).length >= LEAST_FRAMES;
}

/** A voice without the silence before and after it, as loud as every other that went through here. */
export function evenVoice(samples: Int16Array): Int16Array {
  const frames = loudnessOf(samples);
  const silent = SILENCE * Math.max(0, ...frames);
  const first = frames.findIndex((loud) => loud > silent);
  if (first < 0) return samples;
  const last = frames.findLastIndex((loud) => loud > silent);
  const voice = samples.subarray(Math.max(0, first - MARGIN_FRAMES) * FRAME, (last + 1 + MARGIN_FRAMES) * FRAME);
  const spoken = frames.filter((loud) => loud > silent);
  const loudness = Math.sqrt(spoken.reduce((sum, loud) => sum + loud * loud, 0) / spoken.length);
  const peak = voice.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  const gain = Math.min(LOUDNESS / loudness, MOST_GAIN, HIGHEST / peak);
  return voice.map((sample) => Math.round(sample * gain));
}

/** One after the other. Undefined when one is missing. */
export function joinVoices(parts: readonly (Int16Array | undefined)[]): Int16Array | undefined {
  const sounds = parts.filter((sound) => sound !== undefined);
  if (sounds.length < parts.length) return undefined;
  const joined = new Int16Array(sounds.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const sound of sounds) {
    joined.set(sound, at);
    at += sound.length;
  }
  return joined;
}

/** How loud each 20 ms are: the root of the mean square. */
function loudnessOf(samples: Int16Array): number[] {
  return Array.from({ length: Math.ceil(samples.length / FRAME) }, (_, index) => {
    const frame = samples.subarray(index * FRAME, (index + 1) * FRAME);
    return Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length);
  });
}
