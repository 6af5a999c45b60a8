import { createHash, randomUUID } from 'node:crypto';
import { createSocket, type RemoteInfo } from 'node:dgram';
import { readSipRequest, type SipRequest, sipResponse } from '../../src/core/telephony/sip-request.ts';

/** What a phone does when it is rung. */
export type PhoneManner =
  | 'picks up'
  | 'rings'
  | 'declines'
  | 'picks up, refuses to be sent on'
  | 'picks up, calls nobody';

export interface DeskPhone {
  address: string;
  manner: PhoneManner;
  /** Every request that came, and every final answer to our own, as written. */
  heard: string[];
  /** Calls a number; resolves with the code of the final answer. A call that is answered is acknowledged and held. */
  dial(uri: string, headers?: readonly string[]): Promise<number>;
  /** Takes back the call it dials, while nobody has answered it. */
  giveUp(): void;
  /** Sends a request within the call we last dialled, or within the one that last came in. */
  say(method: string, headers?: readonly string[], which?: 'dialled' | 'taken'): void;
  /** What names that call to the far side of another: for Replaces. */
  named(which: 'dialled' | 'taken'): { callId: string; own: string; theirs: string };
  register(expires?: number): Promise<number>;
  stop(): void;
}

/** One side of a call that stands. */
interface Dialog {
  uri: string;
  route: string[];
  from: string;
  to: string;
  callId: string;
  cseq: number;
}

interface Account {
  /** Its number, and the name it proves itself by. */
  number: string;
  password?: string;
  /** Kamailio, host:port. */
  proxy: string;
  /** Our own address on loopback. */
  host?: string;
}

/** A desk phone on loopback: answers, is sent on by REFER, dials, and proves who it is when it is asked. */
export async function startDeskPhone(
  port: number,
  account: Account,
  manner: PhoneManner = 'picks up',
): Promise<DeskPhone> {
  const { number, password = '', proxy, host = '127.0.0.1' } = account;
  const socket = createSocket('udp4');
  const [proxyHost = '', proxyPort = ''] = proxy.split(':');
  const waiting = new Map<string, (answer: string) => void>();
  const seen = new Set<string>();
  /** The CANCEL of what we dial now. */
  let takeBack: string | undefined;
  const dialogs: { dialled?: Dialog; taken?: Dialog } = {};
  const sendTo = (text: string, to: { address: string; port: number }) => socket.send(text, to.port, to.address);
  const send = (text: string) => sendTo(text, { address: proxyHost, port: Number(proxyPort) });
  const contact = `Contact: <sip:${number}@${host}:${port}>`;
  const via = () => `Via: SIP/2.0/UDP ${host}:${port};branch=z9hG4bK${randomUUID()}`;

  /** Sends a request outside any call, twice when it is challenged; resolves with the final answer. */
  const ask = async (
    method: string,
    uri: string,
    extra: readonly string[],
    to = uri,
  ): Promise<{ answer: string; from: string; callId: string; cseq: number }> => {
    const [callId, tag] = [`${randomUUID()}@${host}`, randomUUID().slice(0, 8)];
    const from = `<sip:${number}@${proxyHost}>;tag=${tag}`;
    const body = method === 'INVITE' ? sdp(host) : '';
    const once = async (cseq: number, proof: readonly string[]) => {
      const head = [
        `${method} ${uri} SIP/2.0`,
        via(),
        `From: ${from}`,
        `To: <${to}>`,
        `Call-ID: ${callId}`,
        `CSeq: ${cseq} ${method}`,
        'Max-Forwards: 70',
        contact,
        ...extra,
        ...proof,
      ];
      const request = write(head, body);
      const answer = await new Promise<string>((resolve) => {
        waiting.set(`${callId} ${cseq} ${method}`, resolve);
        if (method === 'INVITE')
          takeBack = write([`CANCEL ${uri} SIP/2.0`, ...head.slice(1, 5), `CSeq: ${cseq} CANCEL`, 'Max-Forwards: 70']);
        send(request);
      });
      takeBack = undefined;
      if (method === 'INVITE' && codeOf(answer) >= 300)
        send(
          write([
            `ACK ${uri} SIP/2.0`,
            head[1] ?? '',
            `From: ${from}`,
            `To: ${headerOf(answer, 'To')}`,
            `Call-ID: ${callId}`,
            `CSeq: ${cseq} ACK`,
            'Max-Forwards: 70',
          ]),
        );
      return answer;
    };
    const first = await once(1, []);
    const challenge = headerOf(first, 'Proxy-Authenticate') || headerOf(first, 'WWW-Authenticate');
    if (!challenge) return { answer: first, from, callId, cseq: 1 };
    const name = first.startsWith('SIP/2.0 407') ? 'Proxy-Authorization' : 'Authorization';
    return {
      answer: await once(2, [`${name}: ${proofOf(challenge, { number, password, method, uri })}`]),
      from,
      callId,
      cseq: 2,
    };
  };

  const phone: DeskPhone = {
    address: `${host}:${port}`,
    manner,
    heard: [],
    dial: async (uri, headers = []) => {
      const { answer, from, callId, cseq } = await ask('INVITE', uri, ['Content-Type: application/sdp', ...headers]);
      const code = codeOf(answer);
      phone.heard.push(`${code}`);
      if (code >= 300) return code;
      dialogs.dialled = {
        uri: /<([^>]+)>/.exec(headerOf(answer, 'Contact'))?.[1] ?? uri,
        route: headersOf(answer, 'Record-Route').toReversed(),
        from,
        to: headerOf(answer, 'To'),
        callId,
        cseq,
      };
      phone.say('ACK');
      return code;
    },
    giveUp: () => {
      if (takeBack) send(takeBack);
    },
    say: (method, headers = [], which = 'dialled') => {
      const dialog = dialogs[which];
      if (!dialog) throw new Error('no call');
      if (method !== 'ACK') dialog.cseq += 1;
      const { uri, route, from, to, callId, cseq } = dialog;
      send(
        write([
          `${method} ${uri} SIP/2.0`,
          via(),
          ...route.map((each) => `Route: ${each}`),
          `From: ${from}`,
          `To: ${to}`,
          `Call-ID: ${callId}`,
          `CSeq: ${cseq} ${method}`,
          'Max-Forwards: 70',
          contact,
          ...headers,
        ]),
      );
    },
    named: (which) => {
      const { callId = '', from = '', to = '' } = dialogs[which] ?? {};
      const tag = (line: string) => /;tag=([^;]+)/.exec(line)?.[1] ?? '';
      return { callId, own: tag(from), theirs: tag(to) };
    },
    register: async (expires = 300) =>
      codeOf((await ask('REGISTER', `sip:${proxyHost}`, [`Expires: ${expires}`], `sip:${number}@${proxyHost}`)).answer),
    stop: () => socket.close(),
  };

  let ringing: SipRequest | undefined;
  const invited = (request: SipRequest, from: RemoteInfo) => {
    ringing = request;
    const all = (name: string) => request.headers.get(name) ?? [];
    const taken: Dialog = {
      uri: /<([^>]+)>/.exec(all('contact')[0] ?? '')?.[1] ?? '',
      route: [...all('record-route')],
      from: `${all('to')[0]};tag=${tagOf(request)}`,
      to: all('from')[0] ?? '',
      callId: all('call-id')[0] ?? '',
      cseq: 1,
    };
    const replaces = all('replaces')[0];
    const say = (status: string, body = '') =>
      sendTo(sipResponse(request, status, { tag: tagOf(request), extra: [contact], sdp: body }), from);
    say('180 Ringing');
    if (phone.manner === 'declines') say('603 Decline');
    else if (phone.manner !== 'rings')
      setTimeout(() => {
        say('200 OK', sdp(host));
        // The call it replaces is over for us.
        if (replaces?.startsWith(`${dialogs.taken?.callId};`)) phone.say('BYE', [], 'taken');
        dialogs.taken = taken;
      }, 60);
  };
  socket.on('message', (bytes, from) => {
    const text = bytes.toString('latin1');
    if (text.startsWith('SIP/2.0')) {
      const key = `${headerOf(text, 'Call-ID')} ${headerOf(text, 'CSeq').trim()}`;
      if (codeOf(text) >= 200) waiting.get(key)?.(text);
      return;
    }
    const request = readSipRequest(text);
    if (!request) return;
    phone.heard.push(text);
    if (request.method === 'ACK' || seen.has(request.transaction + request.method)) return;
    seen.add(request.transaction + request.method);
    if (request.method === 'INVITE') return invited(request, from);
    if (request.method === 'REFER' && phone.manner === 'picks up, refuses to be sent on')
      return sendTo(sipResponse(request, '501 Not Implemented', {}), from);
    if (request.method === 'CANCEL' && ringing)
      sendTo(sipResponse(ringing, '487 Request Terminated', { tag: tagOf(request) }), from);
    sendTo(sipResponse(request, request.method === 'REFER' ? '202 Accepted' : '200 OK', {}), from);
    const sentTo = request.method === 'REFER' ? (request.headers.get('refer-to')?.[0] ?? '') : '';
    const replaces = /[?&]Replaces=([^&>]+)/.exec(sentTo)?.[1];
    const headers = replaces ? [`Replaces: ${decodeURIComponent(replaces)}`] : [];
    if (sentTo && phone.manner === 'picks up') void phone.dial(/<?(sips?:[^>;?]+)/.exec(sentTo)?.[1] ?? '', headers);
  });
  await new Promise<void>((resolve) => socket.bind(port, host, resolve));
  return phone;
}

/** One of its own for each call. */
const tagOf = (request: SipRequest) => md5(request.transaction).slice(0, 10);

const codeOf = (answer: string) => Number(answer.slice(8, 11));
const headerOf = (message: string, name: string) => headersOf(message, name)[0] ?? '';
const headersOf = (message: string, name: string) =>
  [...message.matchAll(new RegExp(`^${name}: *(.*?)\\r?$`, 'gim'))].map((found) => found[1] ?? '');

function write(head: readonly string[], body = ''): string {
  return `${[...head, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`;
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

function proofOf(challenge: string, at: { number: string; password: string; method: string; uri: string }): string {
  const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const { number, password, method, uri } = at;
  const [realm, nonce] = [part('realm'), part('nonce')];
  const key = [md5(`${number}:${realm}:${password}`), nonce];
  const asked = md5(`${method}:${uri}`);
  const withQop = challenge.includes('qop');
  const response = md5(withQop ? [...key, '00000001', 'abcd', 'auth', asked].join(':') : [...key, asked].join(':'));
  const more = withQop ? ', qop=auth, nc=00000001, cnonce="abcd"' : '';
  return `Digest username="${number}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"${more}`;
}

const sdp = (host: string) =>
  [
    'v=0',
    `o=desk 1 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    'm=audio 40010 RTP/AVP 8',
    'a=rtpmap:8 PCMA/8000',
    '',
  ].join('\r\n');
