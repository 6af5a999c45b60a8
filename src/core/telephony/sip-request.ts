/** A SIP request as far as an announcer needs it. Header names are in lower case, in their long form. */
export interface SipRequest {
  method: string;
  headers: ReadonlyMap<string, readonly string[]>;
  body: string;
  /** The same for a request, its retransmissions and its CANCEL. */
  transaction: string;
}

const LONG: Record<string, string> = { v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', l: 'content-length' };

/** Reads a datagram; undefined for a response and for what is no SIP. */
export function readSipRequest(datagram: string): SipRequest | undefined {
  const [head = '', ...rest] = datagram.split('\r\n\r\n');
  const [first = '', ...lines] = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const method = /^([A-Z]{3,12}) sips?:\S+ SIP\/2\.0$/i.exec(first)?.[1];
  if (!method) return undefined;
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const known = LONG[name] ?? name;
    headers.set(known, [...(headers.get(known) ?? []), line.slice(colon + 1).trim()]);
  }
  const needed = ['via', 'from', 'to', 'call-id', 'cseq'].map((name) => headers.get(name)?.[0]);
  if (needed.some((value) => !value)) return undefined;
  const branch = /;\s*branch=([^;,\s]+)/i.exec(needed[0] ?? '')?.[1] ?? '';
  return { method, headers, body: rest.join('\r\n\r\n'), transaction: `${needed[3]} ${branch}` };
}

/** A response to it. `tag` is ours, for the To header; `sdp` makes it carry a session. */
export function sipResponse(
  request: SipRequest,
  status: string,
  { tag, extra = [], sdp = '' }: { tag?: string; extra?: readonly string[]; sdp?: string },
): string {
  const all = (name: string) => request.headers.get(name) ?? [];
  const to = all('to')[0] ?? '';
  const lines = [
    `SIP/2.0 ${status}`,
    ...all('via').map((value) => `Via: ${value}`),
    ...all('record-route').map((value) => `Record-Route: ${value}`),
    `From: ${all('from')[0]}`,
    `To: ${tag && !/;\s*tag=/i.test(to) ? `${to};tag=${tag}` : to}`,
    `Call-ID: ${all('call-id')[0]}`,
    `CSeq: ${all('cseq')[0]}`,
    ...extra,
    ...(sdp ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${sdp.length}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${sdp}`;
}

/** A BYE of ours to end the call this INVITE began (RFC 3261, 12.2.1.1): along the way it came, from its called side. */
export function byeOf(invite: SipRequest, { tag, address, branch }: { tag: string; address: string; branch: string }) {
  const one = (name: string) => invite.headers.get(name)?.[0] ?? '';
  const contact = one('contact');
  const to = one('to');
  const routes = (invite.headers.get('record-route') ?? []).flatMap((value) => value.split(/,\s*(?=<)/));
  const lines = [
    `BYE ${/<([^>]+)>/.exec(contact)?.[1] ?? contact.split(';')[0]} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address};branch=z9hG4bK${branch}`,
    ...routes.map((route) => `Route: ${route}`),
    `From: ${/;\s*tag=/i.test(to) ? to : `${to};tag=${tag}`}`,
    `To: ${one('from')}`,
    `Call-ID: ${one('call-id')}`,
    'CSeq: 1 BYE',
    'Max-Forwards: 70',
    'Content-Length: 0',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
