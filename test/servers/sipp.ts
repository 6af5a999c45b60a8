import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a caller does after the INVITE, one thing after the other. */
export type CallerStep =
  /** Waits for this answer; others that may come before it are `maybe`. `contact`: what its Contact must be, as a pattern. */
  | { expect: number; maybe?: readonly number[]; contact?: string }
  | { wait: number }
  | 'cancel'
  /** The INVITE leaves a second time, as after a lost packet. */
  | 'invite again'
  /** Acknowledges a refusal. */
  | 'ack refusal'
  | 'ack'
  | 'bye'
  /** Sends this sound, a file of raw G.711 A-law, and goes on meanwhile. */
  | { say: string }
  /** The other side ends the call. */
  | 'expect bye';

export interface Caller {
  from: string;
  /** Header lines added to the INVITE. */
  headers?: readonly string[];
  /** RTP port the caller listens at, and payload types offered. */
  media?: { port: number; types?: string };
  callId?: string;
  /** Where they call from; 127.0.0.1 when left out. */
  address?: string;
  localPort?: number;
}

/** One call by a real sipp to a Kamailio on loopback. Rejects when anything else happens than these steps. */
export async function sippCall(port: number, caller: Caller, steps: readonly CallerStep[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-sipp-'));
  const file = join(folder, 'caller.xml');
  await writeFile(file, scenario(caller, steps));
  const local = String(caller.localPort ?? (await freePort()));
  const args = [
    '-sf',
    file,
    '-i',
    caller.address ?? '127.0.0.1',
    '-p',
    local,
    '-m',
    '1',
    '-nostdin',
    `127.0.0.1:${port}`,
  ];
  const named = caller.callId ? ['-cid_str', caller.callId] : [];
  try {
    // Its own -timeout does not end a run that waits for an endless answer.
    await promisify(execFile)('timeout', ['20', 'sipp', ...args, ...named], { cwd: folder });
  } catch (error) {
    throw new Error(
      `sipp: ${String((error as { stderr?: string }).stderr)
        .split('\n')
        .slice(-12)
        .join('\n')}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A UDP port nobody has: several test files, and several checkouts, call at once. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** Usual calls, as steps. */
export const talks = (ms = 200): CallerStep[] => [
  { expect: 200, maybe: [100, 180, 183] },
  'ack',
  { wait: ms },
  'bye',
  { expect: 200 },
];
export const isRefused = (code: number): CallerStep[] => [{ expect: code, maybe: [100, 180, 183] }, 'ack refusal'];
export const hangsUpAfter = (code: number, ms: number, maybe: readonly number[] = [100]): CallerStep[] => [
  { expect: code, maybe },
  { wait: ms },
  'cancel',
  // The end of the call may overtake the word that it was asked for.
  { expect: 487, maybe: [200, 100, 180, 183] },
  'ack refusal',
];

const VIA = 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]';
const TO = 'To: <sip:0800000000@[remote_ip]:[remote_port]>';
const TARGET = 'sip:0800000000@[remote_ip]:[remote_port]';

function scenario(caller: Caller, steps: readonly CallerStep[]): string {
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="caller">${[invite(caller), ...steps.map((step) => part(caller, step))].join('\n')}</scenario>`;
}

function part(caller: Caller, step: CallerStep): string {
  const from = fromLine(caller);
  if (step === 'invite again') return invite(caller, '[last_Via:]');
  if (step === 'ack refusal')
    return request([`ACK ${TARGET} SIP/2.0`, '[last_Via:]', from, '[last_To:]', 'CSeq: 1 ACK']);
  if (step === 'cancel') return request([`CANCEL ${TARGET} SIP/2.0`, '[last_Via:]', from, TO, 'CSeq: 1 CANCEL'], true);
  if (step === 'ack') return request(['ACK [next_url] SIP/2.0', VIA, '[routes]', from, '[last_To:]', 'CSeq: 1 ACK']);
  if (step === 'bye')
    return request(['BYE [next_url] SIP/2.0', VIA, '[routes]', from, '[last_To:]', 'CSeq: 2 BYE'], true);
  if (step === 'expect bye')
    return `<recv request="BYE"/>\n<send><![CDATA[\n${['SIP/2.0 200 OK', '[last_Via:]', '[last_From:]', '[last_To:]', '[last_Call-ID:]', '[last_CSeq:]', 'Content-Length: 0'].join('\n')}\n\n]]></send>`;
  if ('say' in step) return `<nop><action><exec rtp_stream="${step.say},1,8,PCMA/8000"/></action></nop>`;
  if ('wait' in step) return `<pause milliseconds="${step.wait}"/>`;
  // A provisional answer may be overtaken by the final one, over UDP and between two processes of Kamailio.
  const when = (code: number) => (code < 200 ? 'global' : 'true');
  const optional = (step.maybe ?? []).map((code) => `<recv response="${code}" optional="${when(code)}"/>`);
  const rrs = step.expect === 200 ? ' rrs="true"' : '';
  if (!step.contact) return [...optional, `<recv response="${step.expect}"${rrs}/>`].join('\n');
  const pattern = step.contact.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const check = `<ereg regexp="${pattern}" search_in="hdr" header="Contact:" check_it="true" assign_to="contact"/>`;
  return [
    ...optional,
    `<recv response="${step.expect}"${rrs}><action>${check}</action></recv>`,
    '<Reference variables="contact"/>',
  ].join('\n');
}

const fromLine = ({ from }: Caller) =>
  `From: ${from.includes('<') ? from : `<sip:${from}@[local_ip]>`};tag=[pid]T[call_number]`;

/** Sent again, its Via is that of the first: the same branch is what makes it the same INVITE. */
function invite(caller: Caller, via = VIA): string {
  const { headers = [], media } = caller;
  const sdp = [
    'v=0',
    'o=u 1 1 IN IP4 [local_ip]',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${media?.port ?? 40_002} RTP/AVP ${media?.types ?? '8 0'}`,
  ];
  const lines = [
    `INVITE ${TARGET} SIP/2.0`,
    via,
    fromLine(caller),
    TO,
    'CSeq: 1 INVITE',
    'Contact: <sip:c@[local_ip]:[local_port]>',
  ];
  const head = [
    ...lines,
    'Call-ID: [call_id]',
    'Max-Forwards: 70',
    ...headers,
    'Content-Type: application/sdp',
    'Content-Length: [len]',
  ];
  return `<send><![CDATA[\n${head.join('\n')}\n\n${sdp.join('\n')}\n]]></send>`;
}

function request(lines: readonly string[], again = false): string {
  const head = [...lines, 'Call-ID: [call_id]', 'Max-Forwards: 70', 'Content-Length: 0'];
  return `<send${again ? ' retrans="500"' : ''}><![CDATA[\n${head.join('\n')}\n\n]]></send>`;
}
