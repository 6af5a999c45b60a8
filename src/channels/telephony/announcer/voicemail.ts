import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { encodeG711 } from '../../../core/telephony/g711.ts';
import { type Listener, readOffer, sdpAnswer } from '../../../core/telephony/sdp.ts';
import { byeOf, type SipRequest, sipResponse } from '../../../core/telephony/sip-request.ts';
import { type Announcement, type Desk, repeatUntilAcknowledged, soundWithin, startPlaying } from './announcement.ts';
import { type Recording, startRecording } from './recording.ts';
import { soundOf } from './sound.ts';

/** A call that was answered by the machine: greeting, tone, and what the caller says then. */
export interface Voicemail extends Announcement {
  hungUp(): void;
  /** The other side has confirmed that it is over. */
  toldOver(): void;
}

const MOST_WAIT_MS = 3_000;
/** No sound at all for so long: the caller is gone, though nobody said so. */
const GONE_AFTER_MS = 8_000;

/**
 * Answers an INVITE with 200, plays the greeting and a tone, and keeps what is said under `name` until the caller hangs
 * up, two minutes have passed, nothing more comes, or it cannot be written. `over` and `failed` are called once at most.
 */
export function answerWithVoicemail(
  desk: Desk,
  request: SipRequest,
  to: { port: number; address: string },
  { name, over, failed }: { name: string; over(): void; failed(error: unknown): void },
): Voicemail {
  const tag = randomBytes(6).toString('hex');
  const socket = createSocket('udp4');
  let last = '';
  let repeating: NodeJS.Timeout | undefined;
  let silent: NodeJS.Timeout | undefined;
  let recording: Recording | undefined;
  let isAnswered = false;
  let isOver = false;
  const send = (message: string) => {
    last = message;
    desk.send(last, to);
  };
  const sendUntilTold = (message: string) => {
    clearInterval(repeating);
    send(message);
    repeating = repeatUntilAcknowledged(() => desk.send(last, to));
  };
  const end = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(silent);
    recording?.close();
    delete voicemail.playing;
    socket.close();
    over();
  };
  const hangUp = () => {
    if (isOver) return;
    end();
    const branch = randomBytes(8).toString('hex');
    sendUntilTold(
      isAnswered
        ? byeOf(request, { tag, address: `127.0.0.1:${desk.port()}`, branch })
        : sipResponse(request, '480 No Voicemail', { tag }),
    );
  };
  const waitForSound = () => {
    clearTimeout(silent);
    silent = setTimeout(hangUp, GONE_AFTER_MS);
  };
  const voicemail: Voicemail = {
    finish: () => {
      delete voicemail.playing;
      if (isOver || !listener) return;
      recording = startRecording(desk.recordings, name, listener.payloadType, {
        full: hangUp,
        failed: (error) => {
          failed(error);
          hangUp();
        },
      });
      if (!isOver) waitForSound();
    },
    leave: () => {
      if (isOver) return false;
      hangUp();
      return true;
    },
    // Too late: it is answered. The caller says BYE next.
    cancel: () => undefined,
    repeat: () => last && desk.send(last, to),
    acknowledged: () => clearInterval(repeating),
    hungUp: () => {
      clearInterval(repeating);
      end();
    },
    toldOver: () => isOver && clearInterval(repeating),
  };
  const listener = readOffer(request.body);
  if (!listener || !/^[0-9a-f-]{8,80}$/.test(name)) {
    isOver = true;
    socket.close(over);
    send(sipResponse(request, '488 Not Acceptable Here', { tag }));
    return voicemail;
  }
  socket.on('error', hangUp);
  socket.on('message', (packet) => {
    if (!recording) return;
    recording.take(packet);
    waitForSound();
  });
  socket.bind(0, desk.mediaAddress, async () => {
    if (isOver) return;
    isAnswered = true;
    const ours = { address: desk.mediaAddress, port: socket.address().port, payloadType: listener.payloadType };
    sendUntilTold(
      sipResponse(request, '200 OK', {
        tag,
        extra: [`Contact: <sip:voicemail@127.0.0.1:${desk.port()}>`],
        sdp: sdpAnswer(ours, Math.floor(performance.timeOrigin + performance.now())),
      }),
    );
    const sound = await greeting(desk, request, listener, () => isOver);
    if (isOver) return;
    const packets = Math.ceil(sound.length / 160);
    voicemail.playing = startPlaying(sound, packets, listener.payloadType, (packet) =>
      socket.send(packet, listener.port, listener.address),
    );
    desk.begin(voicemail);
  });
  return voicemail;
}

/** What is said, as far as it is there in time, and the tone. */
async function greeting(
  { folder }: Desk,
  request: SipRequest,
  { payloadType }: Listener,
  isOver: () => boolean,
): Promise<Uint8Array> {
  const names = (request.headers.get('x-prompt')?.[0] ?? '').split(',');
  const last = names.at(-1) ?? '';
  // What the advisor recorded lies ready, or is left out; what is spoken comes in a moment.
  const recorded = names.slice(0, -1).map((name) => soundOf(folder, name, payloadType) ?? new Uint8Array());
  const find = () => soundOf(folder, last, payloadType);
  const waitMs = Math.min(MOST_WAIT_MS, Number(request.headers.get('x-wait-ms')?.[0] ?? 0) || 0);
  const spoken = find() ?? (await soundWithin(find, waitMs, isOver)) ?? new Uint8Array();
  return Buffer.concat([...recorded, spoken, encodeG711(TONE, payloadType)]);
}

/** 400 ms of 1,000 Hz. */
const TONE = Int16Array.from({ length: 3_200 }, (_, at) => Math.round(8_000 * Math.sin((at * Math.PI) / 4)));
