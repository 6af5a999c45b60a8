import type { AddressInfo } from 'node:net';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import type { House } from '../../desk/house.ts';
import { failpoint } from '../../platform/failpoint.ts';
import { portProblem } from '../../platform/port-problem.ts';
import { storeDelivery } from './deliveries.ts';
import { isOurs, readMailDomain, withPostmasterDomain } from './our-domain.ts';
import { tellOfRefusal } from './refused.ts';
import { MAX_MAIL_MB, smtpWords } from './smtp-words.ts';
import { readTlsFiles } from './tls-files.ts';

export interface SmtpIntake {
  port: number;
  stop(): Promise<void>;
}

export interface SmtpLimits {
  maxBytes: number;
  /** Bytes of unfinished mails held in memory, over all connections. */
  maxHeldBytes: number;
  maxClients: number;
  maxClientsPerAddress: number;
  /** Silence after which a client is sent away, and how long one connection may last at all. */
  idleMs: number;
  sessionMs: number;
}

export const STANDARD_LIMITS: SmtpLimits = {
  maxBytes: MAX_MAIL_MB * 1024 * 1024,
  maxHeldBytes: 128 * 1024 * 1024,
  maxClients: 200,
  maxClientsPerAddress: 50,
  idleMs: 60_000,
  sessionMs: 15 * 60_000,
};

/**
 * Listens for mail on the configured port. Any address of the organisation is accepted, nothing is relayed, and 250
 * means that the raw bytes are committed: a client that leaves before the final dot has sent nothing.
 */
export async function startSmtpIntake(house: House, limits: SmtpLimits = STANDARD_LIMITS): Promise<SmtpIntake> {
  const tls = await readTlsFiles(house.config.dataFolder);
  const gate = clientGate(limits);
  const held = { bytes: 0 };
  const server = new SMTPServer({
    ...tls,
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    banner: 'Visavis',
    // Not announced, so that a mail refused for its size reaches `onMailFrom` and the advisor is told.
    size: limits.maxBytes,
    hideSize: true,
    maxClients: limits.maxClients,
    maxRecipients: 100,
    socketTimeout: limits.idleMs,
    closeTimeout: 5_000,
    onConnect: (session, done) => done(gate.enter(session, server)),
    onClose: (session) => gate.leave(session),
    onMailFrom: (address, _session, done) => {
      const announced = Number((address.args ? address.args.SIZE : 0) ?? 0);
      if (announced <= limits.maxBytes) return done();
      tellOfRefusal(house, address.address).finally(() => done(refusal(552, smtpWords.tooLarge)));
    },
    onRcptTo: (address, _session, done) => {
      checkRecipient(house, address).then(done, () => done(refusal(451, smtpWords.notStored)));
    },
    onData: (stream, session, done) => {
      collect(stream, limits, held).then(
        (raw) => accept(house, raw, session).then((refused) => done(refused)),
        // The client left before the dot; there is nobody to answer.
        () => done(refusal(451, smtpWords.notStored)),
      );
    },
  } satisfies SMTPServerOptions);
  server.on('error', (error) => house.log.debug({ error: String(error) }, 'mail intake connection'));
  const port = await listen(server, house);
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

function listen(server: SMTPServer, house: House): Promise<number> {
  const { smtpPort: port, host, language } = house.config;
  const door = { port, host, setting: 'VISAVIS_SMTP_PORT' };
  return new Promise((resolve, reject) => {
    const failed = (error: unknown) => reject(portProblem(error, door, language));
    server.once('error', failed);
    const listening = server.listen(port, host, () => {
      server.off('error', failed);
      resolve((listening.address() as AddressInfo).port);
    });
  });
}

/** Whether we take mail for it. Postmaster alone is written out, so that it is stored as the address at our domain it means. */
async function checkRecipient(house: House, recipient: SMTPServerAddress): Promise<Error | null> {
  const domain = await readMailDomain(house.db);
  if (!domain) return refusal(451, smtpWords.notSetUp);
  recipient.address = withPostmasterDomain(recipient.address, domain);
  return isOurs(recipient.address, domain) ? null : refusal(550, smtpWords.noRelay(domain));
}

/** The bytes up to the final dot; undefined when they are more than we take or can hold now. Throws when cut before it. */
async function collect(
  stream: SMTPServerDataStream,
  limits: SmtpLimits,
  held: { bytes: number },
): Promise<Buffer | 'too large' | 'busy'> {
  const chunks: Buffer[] = [];
  let mine = 0;
  let refused: 'too large' | 'busy' | undefined;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (stream.sizeExceeded) refused = 'too large';
      else if (held.bytes + chunk.length > limits.maxHeldBytes) refused ??= 'busy';
      if (refused) {
        held.bytes -= mine;
        mine = 0;
        chunks.length = 0;
        continue;
      }
      chunks.push(chunk);
      mine += chunk.length;
      held.bytes += chunk.length;
    }
    return refused ?? Buffer.concat(chunks);
  } finally {
    held.bytes -= mine;
  }
}

async function accept(
  house: House,
  raw: Buffer | 'too large' | 'busy',
  session: SMTPServerSession,
): Promise<Error | null> {
  const envelopeFrom = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
  if (raw === 'busy') return refusal(451, smtpWords.busy);
  if (raw === 'too large') {
    await tellOfRefusal(house, envelopeFrom);
    return refusal(552, smtpWords.tooLarge);
  }
  const envelopeTo = session.envelope.rcptTo.map((recipient) => recipient.address);
  const { remoteAddress, hostNameAppearsAs } = session;
  try {
    await house.transact(async (tx) => {
      await storeDelivery(tx, {
        source: 'smtp',
        raw,
        envelopeFrom,
        envelopeTo,
        remoteAddress,
        remoteName: hostNameAppearsAs || '',
        receivedAt: tx.now,
      });
      failpoint('smtp-before-commit');
    });
    failpoint('smtp-after-commit');
    return null;
  } catch (error) {
    house.log.error({ error: String(error) }, 'a mail could not be stored and was refused for now');
    return refusal(451, smtpWords.notStored);
  }
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

/** Counts connections by address, and ends those that last longer than any honest mail needs. */
function clientGate(limits: SmtpLimits) {
  const here = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    enter(session: SMTPServerSession, server: SMTPServer): Error | null {
      const now = (here.get(session.remoteAddress) ?? 0) + 1;
      here.set(session.remoteAddress, now);
      const end = () => {
        for (const connection of server.connections)
          if (connection.id === session.id) connection.send(421, smtpWords.tooSlow);
      };
      timers.set(session.id, setTimeout(end, limits.sessionMs).unref());
      return now > limits.maxClientsPerAddress ? refusal(421, smtpWords.busy) : null;
    },
    leave(session: SMTPServerSession): void {
      clearTimeout(timers.get(session.id));
      if (!timers.delete(session.id)) return;
      const left = (here.get(session.remoteAddress) ?? 1) - 1;
      if (left > 0) here.set(session.remoteAddress, left);
      else here.delete(session.remoteAddress);
    },
  };
}
