import { createSocket, type RemoteInfo } from 'node:dgram';
import { readSipRequest, type SipRequest, sipResponse } from '../../src/core/telephony/sip-request.ts';

/** What a phone does when it is rung. */
export type Manner =
  | 'answer'
  /** Its 200 comes several times, as after lost ACKs. */
  | 'answer again and again'
  | 'ring'
  | 'busy'
  | 'decline'
  | 'refuse'
  | 'dead'
  | 'answer at once';

export interface TestPhones {
  address: string;
  /** How the phone of this number behaves from now on; every other one is busy. */
  set(number: string, manner: Manner): void;
  /** The INVITEs that came, first attempts only. */
  rung: { number: string; request: SipRequest }[];
  /** Requests of other kinds that came: CANCEL, BYE. */
  heard: string[];
  clear(): void;
  stop(): void;
}

/** A switch with the phones of everybody: one UDP port on loopback that plays them all. */
export async function startPhones(port: number): Promise<TestPhones> {
  const socket = createSocket('udp4');
  const manners = new Map<string, Manner>();
  const invites = new Map<string, SipRequest>();
  const phones: TestPhones = {
    address: `127.0.0.1:${port}`,
    set: (number, manner) => void manners.set(number, manner),
    rung: [],
    heard: [],
    clear: () => {
      manners.clear();
      phones.rung.length = 0;
      phones.heard.length = 0;
    },
    stop: () => socket.close(),
  };
  const contact = [`Contact: <sip:phone@127.0.0.1:${port}>`];
  const send = (message: string, to: RemoteInfo) => socket.send(message, to.port, to.address);
  const ring = (request: SipRequest, number: string, from: RemoteInfo) => {
    const say = (status: string, sdp = '') =>
      send(sipResponse(request, status, { tag: `t${number.slice(-4)}`, extra: contact, sdp }), from);
    const manner = manners.get(number) ?? 'busy';
    if (manner === 'dead') return;
    if (manner === 'busy') return say('486 Busy Here');
    if (manner === 'decline') return say('603 Decline');
    if (manner === 'refuse') return say('503 Service Unavailable');
    if (manner !== 'answer at once') say('180 Ringing');
    if (manner === 'answer') setTimeout(() => say('200 OK', SDP), 60);
    if (manner === 'answer at once') say('200 OK', SDP);
    if (manner === 'answer again and again') for (const ms of [60, 160, 260]) setTimeout(() => say('200 OK', SDP), ms);
  };
  socket.on('message', (bytes, from) => {
    const text = bytes.toString('latin1');
    const request = readSipRequest(text);
    if (!request || request.method === 'ACK') return;
    if (request.method === 'INVITE') {
      if (invites.has(request.transaction)) return;
      invites.set(request.transaction, request);
      const number = /^INVITE sips?:([^@;]+)/.exec(text)?.[1] ?? '';
      phones.rung.push({ number, request });
      ring(request, number, from);
      return;
    }
    phones.heard.push(request.method);
    send(sipResponse(request, '200 OK', {}), from);
    const invite = request.method === 'CANCEL' ? invites.get(request.transaction) : undefined;
    if (invite) send(sipResponse(invite, '487 Request Terminated', { tag: 'cancelled' }), from);
  });
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
  return phones;
}

const SDP = [
  'v=0',
  'o=phone 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40000 RTP/AVP 8',
  'a=rtpmap:8 PCMA/8000',
  '',
].join('\r\n');
