import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { ComposedMail } from './compose.ts';

/**
 * How one SMTP dialogue ended. `accepted`: the server took the mail. `refused`: it never will. `later`: not now, and it
 * certainly has not got it. `unknown`: the connection broke after the mail had been handed over; it may have it.
 */
export type Transmission =
  | { kind: 'accepted' }
  | { kind: 'refused'; why: string }
  | { kind: 'later'; why: string }
  | { kind: 'unknown'; why: string };

export interface TransmitTimes {
  /** To connect, and to be greeted. */
  connectMs: number;
  /** Silence of the server in the dialogue. */
  silenceMs: number;
  /** The whole dialogue. */
  totalMs: number;
}

export const STANDARD_TIMES: TransmitTimes = { connectMs: 20_000, silenceMs: 60_000, totalMs: 180_000 };

/** Hands one mail to the SMTP server of the URL and says how that ended. Never throws for what a server does. */
export async function transmit(url: string, mail: ComposedMail, times: TransmitTimes): Promise<Transmission> {
  const { auth, ...server } = parseConnectionUrl(url);
  const connection = new SMTPConnection({
    ...server,
    connectionTimeout: times.connectMs,
    greetingTimeout: times.connectMs,
    dnsTimeout: times.connectMs,
    socketTimeout: times.silenceMs,
  });
  const handedOver = { value: false };
  const broken = Promise.withResolvers<never>();
  connection.on('error', broken.reject);
  connection.on('end', () => broken.reject(new Error('the server broke the connection off')));
  const timer = setTimeout(() => broken.reject(new Error('the server took too long')), times.totalMs);
  const dialogue = async () => {
    await step((done) => connection.connect(done));
    if (auth)
      await step((done) => connection.login({ credentials: auth } as Parameters<typeof connection.login>[0], done));
    await step((done) => connection.send(mail.envelope, watched(mail.raw, handedOver), done));
  };
  try {
    await Promise.race([dialogue(), broken.promise]);
    connection.quit();
    return { kind: 'accepted' };
  } catch (error) {
    connection.close();
    return judge(error as SmtpError, handedOver.value);
  } finally {
    clearTimeout(timer);
  }
}

function step(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

type SmtpError = Error & { responseCode?: number; response?: string; command?: string; code?: string };

/** The message as a stream that nobody reads before the server asks for it. */
function watched(raw: Buffer, handedOver: { value: boolean }): Readable {
  return Readable.from(
    (function* () {
      handedOver.value = true;
      yield raw;
    })(),
  );
}

function judge(error: SmtpError, handedOver: boolean): Transmission {
  const why = (error.response ?? error.message).slice(0, 500);
  const { responseCode } = error;
  if (responseCode === undefined) return { kind: handedOver ? 'unknown' : 'later', why };
  const aboutTheMail = /^(MAIL FROM|RCPT TO|DATA)/.test(error.command ?? '') && responseCode !== 530;
  return { kind: responseCode >= 500 && aboutTheMail ? 'refused' : 'later', why };
}
