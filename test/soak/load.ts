import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { bearer, httpClient } from '../bench/http.ts';
import { deliver } from '../servers/smtp-client.ts';
import { CUSTOMERS, RELAY, type Stage } from './stage.ts';

/** What the load knows of its own messages: kept here, outside the product. */
export interface Ledger {
  /** Marks of messages the product has answered for (201 or 250). */
  accepted: Map<string, 'http' | 'smtp'>;
  /** How often something had to be sent again because no answer came. */
  repeated: number;
}

/**
 * A domain no other test takes mail for: while the product is killed, a server of another test may be given its port, and
 * its 250 would be no promise of ours.
 */
const OURS = 'contact@banc.example.org';

interface LoadedProduct extends Pick<Stage, 'url' | 'token' | 'smtpPort'> {
  /** Addresses of customers; the made-up ones of the bench without them. */
  senders?: readonly string[];
  /** The operator's own address. */
  to?: string;
}

const benchSenders = Array.from({ length: CUSTOMERS }, (_, index) => `customer${index + 1}@example.org`);

/** Writes as patiently as people and programs do: whatever is not answered is sent again until it is. */
export function startLoad(product: LoadedProduct): { soFar(): string[]; stop(): Promise<Ledger> } {
  const { senders = benchSenders, to = OURS, ...stage } = product;
  const ledger: Ledger = { accepted: new Map(), repeated: 0 };
  const client = httpClient(stage.url, bearer(stage.token));
  let going = true;
  const until = async (kind: 'http' | 'smtp', mark: string, send: () => Promise<boolean>) => {
    while (!(await send().catch(() => false))) {
      ledger.repeated += 1;
      await sleep(150);
    }
    ledger.accepted.set(mark, kind);
  };
  const writer = async (kind: 'http' | 'smtp', pauseMs: number) => {
    while (going) {
      const mark = randomUUID();
      const from = senders[Math.floor(Math.random() * senders.length)] ?? '';
      await until(kind, mark, () =>
        kind === 'http' ? post(client, mark, from) : mail(stage.smtpPort, mark, from, to),
      );
      await sleep(pauseMs);
    }
  };
  const writers = [writer('http', 20), writer('http', 20), writer('http', 60), writer('smtp', 80), writer('smtp', 120)];
  return {
    soFar: () => [...ledger.accepted.keys()],
    stop: async () => {
      going = false;
      await Promise.all(writers);
      client.close();
      return ledger;
    },
  };
}

async function post(client: ReturnType<typeof httpClient>, mark: string, from: string): Promise<boolean> {
  const { status } = await client.post(
    '/api/v1/interactions',
    { channel: 'message', from: { mail: from }, text: `mark ${mark}` },
    { 'Idempotency-Key': mark },
  );
  return status === 201;
}

async function mail(port: number, mark: string, from: string, to: string): Promise<boolean> {
  const raw = [
    `Authentication-Results: ${RELAY}; dmarc=pass header.from=example.org`,
    `From: ${from}`,
    `To: ${to}`,
    'Subject: Plus de telephone',
    `Message-ID: <${mark}@example.org>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `mark ${mark}`,
    '',
  ].join('\r\n');
  const answer = await Promise.race([
    deliver(port, Buffer.from(raw), from, to),
    sleep(5_000, 'no answer', { ref: false }),
  ]);
  return answer.startsWith('250');
}
