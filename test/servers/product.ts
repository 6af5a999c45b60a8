import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../src/platform/root.ts';

/** The built product as a process of its own, which may be killed. */
export interface Product {
  /** Where its pages and its API are. */
  url: string;
  smtpPort: number;
  pid: number;
  /** What it has printed so far, and what it complained about. */
  said(): { out: string; err: string };
  /** Resolves with the signal or the status it ended with. */
  ended: Promise<string | number | null>;
  /** Ends it in order; resolves when it has ended. */
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

export interface ProductOptions {
  /** Settings on top of the quiet defaults (loopback, own ports, no demo). */
  environment: Record<string, string>;
  /** Another folder that holds the built product; the checkout's own by default. */
  root?: string;
  /** As which user and group it runs (asked by root); this process's own by default. */
  runAs?: { uid: number; gid: number };
}

/** As in `npm start`. */
const flags = ['--max-semi-space-size=8', '--max-old-space-size=256'];

/** Starts the built product on ports of its own. Does not wait until it is ready: see `ready`. */
export async function startProduct({ environment, root = projectRoot, runAs }: ProductOptions): Promise<Product> {
  const port = environment.PORT ? Number(environment.PORT) : await freePort();
  const smtpPort = environment.VISAVIS_SMTP_PORT ? Number(environment.VISAVIS_SMTP_PORT) : await freePort();
  const node = join(root, 'node_modules', '.bin', 'node');
  const child = spawn(node, [...flags, join(root, 'dist', 'main.js')], {
    ...runAs,
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      VISAVIS_DEMO: '0',
      VISAVIS_LOG: 'error',
      VISAVIS_DATA: '/nonexistent',
      ...environment,
      PORT: String(port),
      VISAVIS_SMTP_PORT: String(smtpPort),
    },
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([status, signal]) => signal ?? status);
  return {
    url: `http://127.0.0.1:${port}`,
    smtpPort,
    pid: child.pid ?? 0,
    said: listen(child),
    ended,
    stop: () => end(child, 'SIGTERM', ended),
    kill: () => end(child, 'SIGKILL', ended),
  };
}

/** Waits until it answers requests; throws with its last words when it ends before. Returns the milliseconds it took. */
export async function ready(product: Product, patienceMs = 60_000): Promise<number> {
  const started = performance.now();
  let over: unknown;
  product.ended.then((how) => {
    over = how ?? 'ended';
  });
  while (performance.now() - started < patienceMs) {
    if (over !== undefined) throw new Error(`the product ended before it was ready (${over}): ${product.said().err}`);
    if (await answers(product)) return performance.now() - started;
    await sleep(25);
  }
  throw new Error(`the product was not ready within ${patienceMs} ms: ${product.said().err}`);
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function answers({ url }: Product): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function listen(child: ChildProcess): Product['said'] {
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    said.err += chunk;
  });
  return () => said;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL', ended: Promise<unknown>): Promise<void> {
  child.kill(signal);
  await ended;
}
