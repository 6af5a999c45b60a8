import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { Finding } from '../desk/views/doctor/finding.ts';
import { readImapUrl } from '../platform/config/imap-url.ts';

const PATIENCE_MS = 5_000;

/** Greets the SMTP server as a mail would, encrypts and signs in where the address says so; sends nothing. */
export async function enterSmtp(url: string): Promise<Finding | undefined> {
  const server = parseConnectionUrl(url);
  const times = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, dnsTimeout: PATIENCE_MS };
  const transport = createTransport({ ...server, ...times, socketTimeout: PATIENCE_MS });
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    const { code, responseCode, message } = error as { code?: string; responseCode?: number; message: string };
    const closed = code === 'EAUTH' || responseCode === 530;
    const place = `${server.host}:${server.port ?? (server.secure ? 465 : 587)}`;
    return { check: closed ? 'smtpLogin' : 'smtpOut', count: 1, examples: [`${place}, ${firstLine(message)}`] };
  } finally {
    transport.close();
  }
}

/** Signs in to the mailbox and looks for the folder; opens nothing and marks nothing. */
export async function enterImap(url: string): Promise<Finding | undefined> {
  const { connection, folder, name } = readImapUrl(url);
  const times = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  const client = new ImapFlow({ ...connection, ...times, logger: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.status(folder, { uidValidity: true }).catch(() => false);
    return found ? undefined : { check: 'imapFolder', count: 1, examples: [name] };
  } catch (error) {
    const { authenticationFailed, message } = error as { authenticationFailed?: boolean; message: string };
    const place = `${connection.host}:${connection.port}, ${firstLine(message)}`;
    return { check: authenticationFailed ? 'imapLogin' : 'imapIn', count: 1, examples: [place] };
  } finally {
    client.close();
  }
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 120);
}
