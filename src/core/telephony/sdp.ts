import { CODEC_NAME, type PayloadType } from './g711.ts';

/** Where and in which codec the other side wants to hear us. */
export interface Listener {
  address: string;
  port: number;
  payloadType: PayloadType;
}

/** The first codec of the offer that we speak; undefined when there is none, or no audio. */
export function readOffer(sdp: string): Listener | undefined {
  const media = /^m=audio (\d+)(?:\/\d+)? RTP\/AVPF? ([\d ]+)\r?$/m.exec(sdp);
  if (!media) return undefined;
  // The address of the audio stands after its m= line, or once for all before the first.
  const [common = '', ...parts] = sdp.split(/^m=/m);
  const audio = parts.find((part) => part.startsWith('audio')) ?? '';
  const address = connectionOf(audio) ?? connectionOf(common);
  const port = Number(media[1]);
  const payloadType = media[2]?.trim().split(/\s+/).map(Number).find(spoken);
  if (!address || port < 1 || port > 65_535 || payloadType === undefined) return undefined;
  return { address, port, payloadType };
}

const spoken = (type: number): type is PayloadType => type === 8 || type === 0;

const connectionOf = (part: string) => /^c=IN IP4 ([\d.]+)/m.exec(part)?.[1];

/** Our answer: we send from this address and port, and listen to nothing. */
export function sdpAnswer({ address, port, payloadType }: Listener, session: number): string {
  return [
    'v=0',
    `o=visavis ${session} 1 IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${port} RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} ${CODEC_NAME[payloadType]}/8000`,
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n');
}
