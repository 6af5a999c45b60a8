import { once } from 'node:events';
import { statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Finding } from '../desk/views/doctor/finding.ts';
import type { Config } from '../platform/config/config.ts';

const LEAST_FREE_BYTES = 2e9;
const SMS_PORTS = { 'smpp:': 2775, 'smpps:': 3550, 'http:': 80, 'https:': 443 };
const PATIENCE_MS = 5_000;

/** What the database cannot know: disk, addresses, mail servers. `demo`: an installation that only shows itself. */
export async function examineSurroundings(config: Config, demo: boolean): Promise<Finding[]> {
  const smtp = config.smtpUrl ? serverOf(config.smtpUrl, { 'smtp:': 587, 'smtps:': 465 }) : undefined;
  const imap = config.imapUrl ? serverOf(config.imapUrl, { 'imap:': 143, 'imaps:': 993 }) : undefined;
  const sms = config.sms ? serverOf(config.sms.url, SMS_PORTS) : undefined;
  const own =
    config.parts.includes('mail') && config.smtpPort > 0 ? { host: config.host, port: config.smtpPort } : undefined;
  const found = await Promise.all([
    nearlyFull(config.dataFolder),
    demo ? undefined : onlyHere(config.origin),
    silent('smtpOut', smtp),
    silent('imapIn', imap),
    silent('smtpIn', own),
    silent('smsLink', sms),
  ]);
  return found.filter((each) => each !== undefined);
}

/** Little room where the data lies. A folder that is not there holds no data of ours. */
async function nearlyFull(folder: string): Promise<Finding | undefined> {
  const facts = await statfs(folder).catch(() => undefined);
  if (!facts) return undefined;
  const free = facts.bavail * facts.bsize;
  if (free > LEAST_FREE_BYTES) return undefined;
  return { check: 'disk', count: 1, examples: [`${(free / 1e9).toFixed(1)} GB, ${folder}`] };
}

function onlyHere(origin: string): Finding | undefined {
  const { hostname } = new URL(origin);
  const local = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return local ? { check: 'origin', count: 1, examples: [origin] } : undefined;
}

interface Server {
  host: string;
  port: number;
}

function serverOf(address: string, ports: Record<string, number>): Server {
  const { hostname, port, protocol } = new URL(address);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (ports[protocol] ?? 0) };
}

async function silent(
  check: 'smtpOut' | 'imapIn' | 'smtpIn' | 'smsLink',
  server: Server | undefined,
): Promise<Finding | undefined> {
  if (!server) return undefined;
  const { host, port } = server;
  const socket = connect({ host: host === '0.0.0.0' ? '127.0.0.1' : host, port });
  // An answer that comes after our patience has ended.
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return undefined;
  } catch {
    return { check, count: 1, examples: [`${host}:${port}`] };
  } finally {
    socket.destroy();
  }
}
