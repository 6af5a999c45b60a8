import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../../src/platform/log/log.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts';
import { type FilledDatabase, filledDatabase } from '../bench/database.ts';
import { bearer, httpClient } from '../bench/http.ts';
import { postMessage } from '../bench/intake.ts';
import { freePort, type Product, ready, startProduct } from '../servers/product.ts';

export const CUSTOMERS = 500;
/** Vouches for the senders of the load, so that nobody asks the name servers of the world. */
export const RELAY = 'relay.example.org';

/** The product on a durable PostgreSQL of its own; both can be killed and come back where they were. */
export interface Stage {
  token: string;
  url: string;
  smtpPort: number;
  databaseUrl(): string;
  /** kill -9 of the product; milliseconds until it answers again. */
  killProduct(): Promise<number>;
  /** kill -9 of PostgreSQL; milliseconds until the product, which was left alone, answers again. */
  killDatabase(): Promise<number>;
  /** Whether a message is taken (201), and the mail server greets. Both are tried for a while: a worker may still come. */
  works(): Promise<boolean>;
  stop(): Promise<void>;
}

export async function startStage(folder: string): Promise<Stage> {
  const database: FilledDatabase = await filledDatabase(folder, { customers: CUSTOMERS, interactions: 400 }, () => {});
  const ports = { PORT: String(await freePort()), VISAVIS_SMTP_PORT: String(await freePort()) };
  const start = () =>
    startProduct({
      environment: { DATABASE_URL: database.url, VISAVIS_TRUSTED_RELAYS: RELAY, VISAVIS_LOG: 'silent', ...ports },
    });
  let product: Product = await start();
  let server: EmbeddedPostgres | undefined;
  await ready(product);
  return {
    token: database.token,
    url: product.url,
    smtpPort: product.smtpPort,
    databaseUrl: () => database.url,
    killProduct: async () => {
      const from = performance.now();
      await product.kill();
      product = await start();
      await ready(product);
      return performance.now() - from;
    },
    killDatabase: async () => {
      const from = performance.now();
      await (server?.kill() ?? database.kill());
      server = await restart(folder);
      await ready(product);
      return performance.now() - from;
    },
    works: () => works(product, database.token),
    stop: async () => {
      await product.stop();
      await (server?.stop() ?? database.stop());
    },
  };
}

const PATIENCE_MS = 60_000;

async function works(product: Product, token: string): Promise<boolean> {
  const client = httpClient(product.url, bearer(token));
  const until = performance.now() + PATIENCE_MS;
  try {
    while (performance.now() < until) {
      const taken = await postMessage(client, 1 + Math.floor(Math.random() * CUSTOMERS)).catch(() => undefined);
      if (taken?.status === 201 && (await greets(product.smtpPort))) return true;
      await sleep(100);
    }
    return false;
  } finally {
    client.close();
  }
}

async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting] = await once(socket, 'data', { signal: AbortSignal.timeout(5_000) });
    return String(greeting).startsWith('220');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** The children of a killed server need a moment to notice; until they are gone it cannot start again. */
async function restart(folder: string): Promise<EmbeddedPostgres> {
  for (let tries = 0; ; tries++) {
    try {
      const server = await startEmbeddedPostgres(folder, createLog('silent'));
      if (!server.adopted) return server;
    } catch (error) {
      if (tries > 50) throw error;
    }
    await sleep(100);
  }
}
