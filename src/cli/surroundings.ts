import { once } from 'node:events';
import { statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Finding } from '../desk/views/doctor/finding.ts';
import type { Config } from '../platform/config/config.ts';
import { placeOfDatabase } from '../platform/postgres/embedded.ts';
import { enterImap, enterSmtp } from './mail-servers.ts';

const LEAST_FREE_BYTES = 2e9;
const SMS_PORTS = { 'smpp:': 2775, 'smpps:': 3550, 'http:': 80, 'https:': 443 };
const PATIENCE_MS = 5_000;
/** Proxies may keep an answer for a moment, and its time with it. */
const MOST_DRIFT_S = 90;

/** What the database cannot know: disk, addresses, mail servers. `demo`: an installation that only shows itself. */
export async function examineSurroundings(config: Config, demo: boolean): Promise<Finding[]> {
  const sms = config.sms ? serverOf(config.sms.url, SMS_PORTS) : undefined;
  const own =
    config.parts.includes('mail') && config.smtpPort > 0 ? { host: config.host, port: config.smtpPort } : undefined;
  const found = await Promise.all([
    nearlyFull(config),
    demo ? undefined : onlyHere(config.origin),
    otherClocks([demo ? undefined : config.origin, config.oidc?.issuer, config.sms?.url]),
    config.smtpUrl ? enterSmtp(config.smtpUrl) : undefined,
    config.imapUrl ? enterImap(config.imapUrl) : undefined,
    silent('smtpIn', own),
    silent('smsLink', sms),
  ]);
  return found.filter((each) => each !== undefined);
}

/** Little room where our files lie, or the database's. A folder that is not there holds no data of ours. */
async function nearlyFull({ dataFolder, databaseUrl }: Config): Promise<Finding | undefined> {
  const folders = databaseUrl ? [dataFolder] : [dataFolder, await placeOfDatabase(dataFolder)];
  const examples: string[] = [];
  for (const folder of new Set(folders)) {
    const facts = await statfs(folder).catch(() => undefined);
    const free = facts ? facts.bavail * facts.bsize : Number.POSITIVE_INFINITY;
    if (free <= LEAST_FREE_BYTES) examples.push(`${(free / 1e9).toFixed(1)} GB, ${folder}`);
  }
  return examples.length > 0 ? { check: 'disk', count: examples.length, examples } : undefined;
}

/** The embedded PostgreSQL shares the clock of this machine; servers that speak HTTP tell theirs with every answer. */
async function otherClocks(addresses: readonly (string | undefined)[]): Promise<Finding | undefined> {
  const asked = addresses.filter((each) => each?.startsWith('http')).map((each) => driftFrom(each ?? ''));
  const examples = (await Promise.all(asked)).filter((each) => each !== undefined);
  return examples.length > 0 ? { check: 'clockOutside', count: examples.length, examples } : undefined;
}

/** Undefined when it agrees, or tells no time. */
async function driftFrom(address: string): Promise<string | undefined> {
  const answer = await fetch(address, {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => undefined);
  const drift = Math.round((Date.now() - Date.parse(answer?.headers.get('date') ?? '')) / 1000);
  return Math.abs(drift) > MOST_DRIFT_S ? `${new URL(address).host} ${drift > 0 ? '+' : ''}${drift} s` : undefined;
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

async function silent(check: 'smtpIn' | 'smsLink', server: Server | undefined): Promise<Finding | undefined> {
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
