import { randomUUID } from 'node:crypto';
import smpp, { type Pdu, type Session } from 'smpp';

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
const ENQUIRE_MS = 30_000;
const PORTS: Record<string, number> = { 'smpp:': 2775, 'smpps:': 3550 };

/** A bound SMPP session (version 3.4, transceiver). Every end of it, of whatever kind, is told once. */
export interface BoundSession {
  /** Not the SMSC's: ours, to tell one connection from the next. */
  id: string;
  /** The SMSC's answer, or undefined when the line broke or stayed silent first. */
  submit(options: Record<string, unknown>): Promise<Pdu | undefined>;
  close(): void;
}

export interface SessionEvents {
  onDeliver(pdu: Pdu, session: string): Promise<boolean>;
  onEnd(why: string): void;
}

/** Connects and binds. Rejects with the reason when that cannot be. */
export async function bindSession(address: string, events: SessionEvents): Promise<BoundSession> {
  const url = new URL(address);
  const id = randomUUID();
  const session = smpp.connect({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || PORTS[url.protocol],
    // The library trusts any certificate when it is not told otherwise.
    ...(url.protocol === 'smpps:' ? { tls: true, rejectUnauthorized: true, servername: url.hostname } : {}),
  });
  const ended = Promise.withResolvers<string>();
  const end = (why: string) => {
    ended.resolve(why);
    session.destroy();
  };
  session.on('error', (error: Error) => end(error.message));
  session.on('close', () => end('the SMSC closed the connection'));
  session.on('pdu', (pdu: Pdu) => void answer(session, pdu, id, events, end));
  const lost = ended.promise.then((why) => Promise.reject(new Error(why)));
  lost.catch(() => undefined);
  const within = setTimeout(() => end('the SMSC did not answer in time'), CONNECT_MS);
  await Promise.race([ready(session, url.protocol), lost]);
  const bound = await Promise.race([bind(session, url), lost]);
  clearTimeout(within);
  if (bound.command_status !== 0) {
    const why = `the SMSC refused to bind: ${statusName(bound.command_status)}`;
    end(why);
    throw new Error(why);
  }
  const beat = setInterval(() => void enquire(session, end), ENQUIRE_MS);
  void ended.promise.then((why) => {
    clearInterval(beat);
    events.onEnd(why);
  });
  return {
    id,
    submit: (options) => submitted(session, options, ended.promise),
    close: () => end('closed by us'),
  };
}

function ready(session: Session, protocol: string): Promise<void> {
  return new Promise((resolve) => session.once(protocol === 'smpps:' ? 'secureConnect' : 'connect', () => resolve()));
}

function bind(session: Session, url: URL): Promise<Pdu> {
  return new Promise((resolve) =>
    session.bind_transceiver(
      {
        system_id: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        system_type: url.searchParams.get('system_type') ?? '',
        interface_version: 0x34,
      },
      resolve,
    ),
  );
}

async function submitted(
  session: Session,
  options: Record<string, unknown>,
  ended: Promise<string>,
): Promise<Pdu | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const answered = new Promise<Pdu | undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ANSWER_MS);
    if (!session.submit_sm(options, resolve)) resolve(undefined);
  });
  const answer = await Promise.race([answered, ended.then(() => undefined)]);
  clearTimeout(timer);
  return answer;
}

/** Answers what the SMSC asks. A delivery is answered when it is stored, and refused for now when it cannot be. */
async function answer(
  session: Session,
  pdu: Pdu,
  id: string,
  events: SessionEvents,
  end: (why: string) => void,
): Promise<void> {
  if (pdu.isResponse()) return;
  if (pdu.command === 'unbind') {
    session.send(pdu.response());
    return end('the SMSC ended the session');
  }
  const stored = pdu.command === 'deliver_sm' || pdu.command === 'data_sm' ? await events.onDeliver(pdu, id) : true;
  // Undefined by the library, such as an alert: it is told so.
  session.send(pdu.response(stored ? {} : { command_status: smpp.errors.ESME_RX_T_APPN }));
}

async function enquire(session: Session, end: (why: string) => void): Promise<void> {
  const timer = setTimeout(() => end('the SMSC no longer answers'), ANSWER_MS);
  session.enquire_link(() => clearTimeout(timer));
}

/** ESME_RTHROTTLED rather than 88. */
export function statusName(status: number): string {
  return Object.entries(smpp.errors).find(([, code]) => code === status)?.[0] ?? `status ${status}`;
}
