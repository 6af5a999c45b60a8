import { writeWav } from '../../core/telephony/wav.ts';

/** Sound being taken from the microphone. */
export interface TakingSound {
  /** Ends it. The sound as a WAV file. */
  stop(): Promise<File>;
}

/** Asks for the microphone and takes what it hears. Throws when there is none, or the person says no. */
export async function takeSound(): Promise<TakingSound> {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(microphone);
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  recorder.start();
  return {
    stop: async () => {
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
      recorder.stop();
      await stopped;
      for (const track of microphone.getTracks()) track.stop();
      return toWav(new Blob(parts, { type: recorder.mimeType }));
    },
  };
}

/** Any sound this browser can play, as a WAV file of one channel. Throws when it can play none of it. */
export async function toWav(sound: Blob): Promise<File> {
  const context = new AudioContext();
  try {
    const decoded = await context.decodeAudioData(await sound.arrayBuffer());
    const samples = Int16Array.from(decoded.getChannelData(0), (value) =>
      Math.round(Math.max(-1, Math.min(1, value)) * 32_767),
    );
    return new File([new Uint8Array(writeWav(samples, decoded.sampleRate))], 'greeting.wav', { type: 'audio/wav' });
  } finally {
    await context.close();
  }
}
