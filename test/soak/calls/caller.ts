import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** How a call ended for the one who called. `cut`: no last word came, Kamailio having been killed under it. */
export type Outcome = 'answered' | 'refused' | 'hung up' | 'cut';

export interface SoakCall {
  callId: string;
  /** Empty: withheld. */
  from: string;
  /** Milliseconds after which the caller hangs up unanswered; null: they wait. */
  patienceMs: number | null;
  talkMs: number;
}

/** One call by a real sipp, whatever comes of it. */
export async function call(port: number, localPort: number, wanted: SoakCall): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-soak-call-'));
  const [file, log] = [join(folder, 'caller.xml'), join(folder, 'said.log')];
  await writeFile(file, scenario(wanted));
  const at = ['-i', '127.0.0.1', '-p', String(localPort), '-m', '1', '-nostdin', '-cid_str', wanted.callId];
  const said = ['-trace_logs', '-log_file', log];
  await promisify(execFile)('timeout', ['75', 'sipp', '-sf', file, ...at, ...said, `127.0.0.1:${port}`], {
    cwd: folder,
  }).catch(() => undefined);
  const words = await readFile(log, 'utf8').catch(() => '');
  await rm(folder, { recursive: true, force: true });
  return (['answered', 'refused', 'hung up'] as const).find((each) => words.includes(each)) ?? 'cut';
}

function scenario({ from, patienceMs, talkMs }: SoakCall): string {
  const waits = patienceMs === null ? '' : ` timeout="${patienceMs}" ontimeout="cancel"`;
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="caller">
${send('INVITE', from, { sdp: true, again: true })}
<label id="wait"/>
<recv response="100" optional="true" next="wait"${waits}/>
<recv response="180" optional="true" next="wait"/>
<recv response="183" optional="true" next="wait"/>
${REFUSALS}
<recv response="200" rrs="true">${say('answered')}</recv>
<label id="talk"/>
${send('ACK', from, { within: true })}
<pause milliseconds="${talkMs}"/>
${send('BYE', from, { within: true, again: true })}
<recv response="481" optional="true" next="end"/>
<recv response="404" optional="true" next="end"/>
<recv response="200" next="end"/>
<label id="cancel"/>
${send('CANCEL', from, { again: true })}
<label id="cancelled"/>
<recv response="180" optional="true" next="cancelled"/>
<recv response="183" optional="true" next="cancelled"/>
<recv response="481" optional="true" next="end"/>
<recv response="200" optional="true" next="crossed"><action><ereg regexp="INVITE" search_in="hdr" header="CSeq:" assign_to="1"/></action></recv>
<recv response="480" optional="true" next="gone"/>
<recv response="487" next="gone"/>
<label id="crossed"/>
<nop next="talk" test="1"/>
<nop next="cancelled"/>
<label id="gone"/>
<nop>${say('hung up')}</nop>
<nop next="acknowledge"/>
<label id="refused"/>
<nop>${say('refused')}</nop>
<label id="acknowledge"/>
${send('ACK', from, { refusal: true })}
<label id="end"/>
</scenario>`;
}

const say = (word: string) => `<action><log message="${word}"/></action>`;

const REFUSALS = [403, 404, 408, 480, 486, 487, 500, 503, 603]
  .map((code) => `<recv response="${code}" optional="true" next="refused"/>`)
  .join('\n');

interface Shape {
  sdp?: boolean;
  /** Sent until it is answered. */
  again?: boolean;
  within?: boolean;
  refusal?: boolean;
}

function send(method: string, from: string, { sdp, again, within, refusal }: Shape): string {
  const fresh = sdp || within;
  const who = from ? `<sip:${from}@[local_ip]>` : '<sip:anonymous@anonymous.invalid>';
  const lines = [
    `${method} ${within ? '[next_url]' : 'sip:0800000000@[remote_ip]:[remote_port]'} SIP/2.0`,
    fresh ? 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]' : '[last_Via:]',
    ...(within ? ['[routes]'] : []),
    `From: ${who};tag=[pid]T[call_number]`,
    within || refusal ? '[last_To:]' : 'To: <sip:0800000000@[remote_ip]:[remote_port]>',
    'Call-ID: [call_id]',
    `CSeq: ${method === 'BYE' ? 2 : 1} ${method}`,
    'Contact: <sip:c@[local_ip]:[local_port]>',
    'Max-Forwards: 70',
    ...(sdp ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${sdp ? '[len]' : '0'}`,
  ];
  const body = sdp
    ? '\n\nv=0\no=u 1 1 IN IP4 [local_ip]\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 40002 RTP/AVP 8 0\n'
    : '\n\n';
  return `<send${again ? ' retrans="500"' : ''}><![CDATA[\n${lines.join('\n')}${body}]]></send>`;
}
