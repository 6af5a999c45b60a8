import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { readOffer, sdpAnswer } from '../../../core/telephony/sdp.ts';
import { type SipRequest, sipResponse } from '../../../core/telephony/sip-request.ts';
import { ringBack, soundOf } from './sound.ts';

/** What an announcement needs of the desk that takes the messages. */
export interface Desk {
  /** The port on loopback it takes calls at. */
  port(): number;
  /** Address the sound leaves from; the caller's side must be able to reach it. */
  mediaAddress: string;
  /** Where the prompts lie. */
  folder: string;
  /** Where messages of callers are kept until the house has taken them. */
  recordings: string;
  send(message: string, to: { port: number; address: string }): void;
  begin(announcement: Announcement): void;
}

/** One announcement to one caller, from its INVITE to its end. */
export interface Announcement {
  /** The call that waits while it lasts, and is put through when somebody is free. */
  waits?: string | undefined;
  /** Sound in packets of 20 ms still to come, and when the first left (as performance.now()). */
  playing?: Playing;
  /** The sound has ended: the branch ends with it. */
  finish(): void;
  /** Visavis ends: so does this, and its caller is not left in silence. Says whether there was anything to end. */
  leave(): boolean;
  cancel(): void;
  /** The INVITE came again. */
  repeat(): void;
  acknowledged(): void;
}

export interface Playing {
  startedAt: number;
  sent: number;
  /** G.711, a multiple of 160 bytes. */
  sound: Uint8Array;
  /** Packets in all: the sound, then `after` over and over, or silence, until a wait is over. */
  packets: number;
  after?: Uint8Array | undefined;
  payloadType: 0 | 8;
  ssrc: number;
  sequence: number;
  timestamp: number;
  send(packet: Uint8Array): void;
}

const REPEAT_AFTER_MS = 500;
const MOST_REPEATS = 6;
/** The longest wait; nothing we say is longer. */
const MOST_MS = 1_200_000;
/** The 183 comes again, or Kamailio would think that nobody speaks any more: of a wait, as carriers expect it, seldom. */
const STILL_WAITS_MS = 3_000;
const STILL_SPEAKS_MS = 1_000;
/** The caller hears nothing while a sentence is being spoken. */
const MOST_WAIT_MS = 3_000;
const LOOK_AGAIN_MS = 25;

/**
 * Answers an INVITE with 183 and sound, and with 480 at the end of the sound. What cannot be played ends at once. `over` is
 * called once, at the end.
 */
export function answerInvite(
  desk: Desk,
  request: SipRequest,
  to: { port: number; address: string },
  over: () => void,
): Announcement {
  const tag = randomBytes(6).toString('hex');
  let last = '';
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let socket: Socket | undefined;
  const say = (status: string, more: { extra?: string[]; sdp?: string } = {}) => {
    last = sipResponse(request, status, { tag, ...more });
    desk.send(last, to);
  };
  const end = (status: string) => {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    socket?.close();
    say(status, { extra: [`X-Played-Ms: ${(announcement.playing?.sent ?? 0) * 20}`] });
    delete announcement.playing;
    timer = repeatUntilAcknowledged(() => desk.send(last, to));
    over();
  };
  const waits = request.headers.get('x-waits')?.[0];
  const announcement: Announcement = {
    waits,
    finish: () => end('480 Announcement Ended'),
    leave: () => {
      if (isOver) return false;
      end('480 Announcement Ended');
      return true;
    },
    cancel: () => end('487 Request Terminated'),
    repeat: () => last && desk.send(last, to),
    acknowledged: () => clearInterval(timer),
  };
  const listener = readOffer(request.body);
  if (!listener) {
    end('488 Not Acceptable Here');
    return announcement;
  }
  const number = (header: string) => Number(request.headers.get(header)?.[0] ?? 0) || 0;
  const find = () => soundOf(desk.folder, request.headers.get('x-prompt')?.[0] ?? '', listener.payloadType);
  const ready = find();
  const waitMs = Math.min(MOST_WAIT_MS, number('x-wait-ms'));
  if (!ready && waitMs === 0) {
    end('480 No Such Announcement');
    return announcement;
  }
  socket = createSocket('udp4');
  socket.on('error', () => end('503 No Port For Sound'));
  socket.bind(0, desk.mediaAddress, async () => {
    if (isOver || !socket) return;
    const { port } = socket.address();
    const ours = { address: desk.mediaAddress, port, payloadType: listener.payloadType };
    say('183 Session Progress', {
      extra: [`Contact: <sip:announcer@${desk.mediaAddress}>`],
      sdp: sdpAnswer(ours, Math.floor(performance.timeOrigin + performance.now())),
    });
    timer = setInterval(() => desk.send(last, to), waits ? STILL_WAITS_MS : STILL_SPEAKS_MS);
    const sound = ready ?? (await soundWithin(find, waitMs, () => isOver));
    if (isOver) return;
    if (!sound) return end('480 Not Spoken In Time');
    const packets = Math.max(sound.length / 160, Math.ceil(Math.min(MOST_MS, number('x-play-ms')) / 20));
    const playing = startPlaying(sound, packets, listener.payloadType, (packet) =>
      socket?.send(packet, listener.port, listener.address),
    );
    announcement.playing = playing;
    if (waits) playing.after = ringBack(listener.payloadType);
    desk.begin(announcement);
  });
  return announcement;
}

/** Sound from its first packet on. */
export function startPlaying(
  sound: Uint8Array,
  packets: number,
  payloadType: Playing['payloadType'],
  send: Playing['send'],
): Playing {
  return {
    startedAt: performance.now(),
    sent: 0,
    sound,
    packets,
    payloadType,
    ssrc: randomBytes(4).readUInt32BE(0),
    sequence: randomBytes(2).readUInt16BE(0) >> 1,
    timestamp: randomBytes(4).readUInt32BE(0) >>> 1,
    send,
  };
}

/** A sentence that is being spoken now: the phone has rung already, so it comes as soon as it is there. */
export async function soundWithin(
  find: () => Uint8Array | undefined,
  waitMs: number,
  isOver: () => boolean,
): Promise<Uint8Array | undefined> {
  for (let waited = 0; waited < waitMs && !isOver(); waited += LOOK_AGAIN_MS) {
    await pause(LOOK_AGAIN_MS);
    const sound = find();
    if (sound) return sound;
  }
  return undefined;
}

/** What was said once and may have been lost, until whoever it was said to confirms it (then: clearInterval). */
export function repeatUntilAcknowledged(repeat: () => void): NodeJS.Timeout {
  let times = 0;
  const timer = setInterval(() => {
    times += 1;
    if (times > MOST_REPEATS) clearInterval(timer);
    else repeat();
  }, REPEAT_AFTER_MS);
  return timer;
}
