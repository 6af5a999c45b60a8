import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The last word a caller had. `silence`: none came, whatever the reason; the verdict says whether there was one. */
export type Outcome = 'answered' | 'voicemail' | 'refused' | 'hung up' | 'silence';

export interface SoakCall {
  callId: string;
  /** Empty: withheld. */
  from: string;
  /** The number is one customer's; false: nobody's, or withheld. */
  onFile: boolean;
  /** Milliseconds after which the caller hangs up unanswered; null: they wait. */
  patienceMs: number | null;
  talkMs: number;
}

/** Of one caller alone. Left to itself sipp looks for the latter two in ranges that fifty callers at once use up. */
export interface CallerPorts {
  sip: number;
  /** And the three after it: sound and pictures, with their reports. */
  media: number;
  control: number;
}

/** sipp's status when it could not have one of its ports: then nobody called. */
const NO_PORT = 254;

/**
 * One call by a real sipp, whatever comes of it. `givesUp`: asked every second, whether they have waited long enough. Throws
 * when there was no call, for want of a port.
 */
export async function call(
  port: number,
  ports: CallerPorts,
  wanted: SoakCall,
  givesUp: () => boolean,
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-soak-call-'));
  const [file, log] = [join(folder, 'caller.xml'), join(folder, 'said.log')];
  await writeFile(file, scenario(wanted));
  const at = ['-i', '127.0.0.1', '-p', `${ports.sip}`, '-m', '1', '-nostdin', '-cid_str', wanted.callId];
  const others = ['-mp', `${ports.media}`, '-cp', `${ports.control}`];
  const said = ['-trace_logs', '-log_file', log];
  const enough = new AbortController();
  const waiting = setInterval(() => givesUp() && enough.abort(), 1_000);
  await promisify(execFile)('sipp', ['-sf', file, ...at, ...others, ...said, `127.0.0.1:${port}`], {
    cwd: folder,
    signal: enough.signal,
    killSignal: 'SIGKILL',
  }).catch((error: { code?: unknown; stderr?: string }) => {
    if (error.code === NO_PORT) throw new Error(`a caller could not call: ${error.stderr}`);
  });
  clearInterval(waiting);
  const words = await readFile(log, 'utf8').catch(() => '');
  await rm(folder, { recursive: true, force: true });
  if (words.includes('taken: INVITE')) return words.includes('sip:voicemail@') ? 'voicemail' : 'answered';
  return (['refused', 'hung up'] as const).find((each) => words.includes(each)) ?? 'silence';
}

function scenario({ from, patienceMs, talkMs }: SoakCall): string {
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="caller">
${send('INVITE', from, { sdp: true, again: true })}
${waiting(patienceMs)}
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
<recv response="481" optional="true" next="cancelled"/>
<recv response="200" rrs="true" optional="true" next="talk" test="1">${TAKEN}</recv>
${refusals([403, 404, 408, 480, 486, 488, 500, 503, 603], 'hung up')}
<recv response="487" next="acknowledge">${say('hung up')}</recv>
<label id="acknowledge"/>
${send('ACK', from, { refusal: true })}
<label id="end"/>
</scenario>`;
}

/** What an announcer repeats each second, that it still speaks, begins sipp's time anew: there is a second less of it each time. */
const SPEAKS_EVERY_MS = 1_000;

/** Nobody hangs up before a first word has come (RFC 3261, 9.1): sipp gives up a call whose INVITE it repeats just then. */
function waiting(patienceMs: number | null): string {
  if (patienceMs === null) return waitingStep('wait', 'wait', '');
  const steps = Math.ceil(patienceMs / SPEAKS_EVERY_MS);
  const patient = Array.from({ length: steps }, (_, step) => {
    const left = patienceMs - step * SPEAKS_EVERY_MS;
    const next = step + 1 < steps ? `wait${step + 1}` : 'cancel';
    return waitingStep(`wait${step}`, next, ` timeout="${left}" ontimeout="cancel"`);
  });
  return [waitingStep('unheard', 'wait0', '', 'wait0'), ...patient].join('\n');
}

const waitingStep = (name: string, onceSpokenTo: string, within: string, onceHeard = name) => `<label id="${name}"/>
<recv response="100" optional="true" next="${onceHeard}"${within}/>
<recv response="180" optional="true" next="${onceHeard}"/>
<recv response="183" optional="true" next="${onceSpokenTo}"/>
${refusals([403, 404, 408, 480, 486, 487, 488, 500, 503, 603], 'refused')}
<recv response="200" rrs="true" next="talk">${TAKEN}</recv>`;

const say = (word: string) => `<action><log message="${word}"/></action>`;

/**
 * Whether this is the answer to the call, not to a CANCEL, and whether a machine gave it: a person would hear that. Said at once, not by a
 * step of its own: sipp gives up a call when two messages come together and the second finds it between two steps.
 */
const TAKEN =
  '<action><ereg regexp="INVITE" search_in="hdr" header="CSeq:" assign_to="1"/><ereg regexp="sip:voicemail@" search_in="hdr" header="Contact:" assign_to="2"/><log message="taken: [$1] [$2]"/></action>';

const refusals = (codes: readonly number[], word: string) =>
  codes.map((code) => `<recv response="${code}" optional="true" next="acknowledge">${say(word)}</recv>`).join('\n');

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
