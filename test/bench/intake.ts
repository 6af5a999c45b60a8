import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Client } from './http.ts';
import { type Measured, measure } from './measure.ts';
import { phrases } from './words.ts';

export const CONNECTIONS = 8;
const texts = phrases(200);

/** The bare database: one row and one commit at a time, on as many connections. */
export async function bareCommits(url: string, seconds: number): Promise<Measured> {
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  await clients[0]?.query(
    'create table if not exists bench_bare (id uuid primary key, at timestamptz not null, text text not null)',
  );
  const insert = { name: 'bare', text: 'insert into bench_bare values ($1, now(), $2)' };
  const measured = await measure(CONNECTIONS, seconds, async (worker, turn) => {
    await clients[worker]?.query({ ...insert, values: [randomUUID(), texts[turn % texts.length]] });
  });
  await Promise.all(clients.map((client) => client.end()));
  return measured;
}

/**
 * Messages of known customers through HTTP: each with an idempotency key, recognised by its address, routed, committed
 * to with a due time, stored, acknowledged, and written to the event log before it is answered.
 */
export function intake(client: Client, customers: number, seconds: number): Promise<Measured> {
  return measure(CONNECTIONS, seconds, async () => {
    const { status } = await postMessage(client, 1 + Math.floor(Math.random() * customers));
    if (status !== 201) throw new Error(`answered ${status}`);
  });
}

export function postMessage(client: Client, customer: number): Promise<{ status: number; body: string }> {
  return client.post(
    '/api/v1/interactions',
    {
      channel: 'message',
      from: { mail: `customer${customer}@example.org` },
      subject: 'Ligne coupée',
      text: texts[customer % texts.length],
    },
    { 'Idempotency-Key': randomUUID() },
  );
}
