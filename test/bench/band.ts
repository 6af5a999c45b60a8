import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { callLoad } from './call-load.ts';
import type { FilledDatabase } from './database.ts';
import { httpClient } from './http.ts';
import { hearEvents } from './live.ts';
import { type Measured, summary } from './measure.ts';

const CALLS = 40;

/**
 * From an INVITE to what an advisor's screen needs for the band: the event of the call has come, and the customer's
 * timeline has been answered. Two calls a second. What the browser then takes to draw it is not in it.
 */
export async function bandTimes(
  productUrl: string,
  { url, token }: FilledDatabase,
  { port, callers }: { port: number; callers: readonly string[] },
): Promise<Measured> {
  const customers = await customersAt(url, callers.slice(0, CALLS));
  const client = httpClient(productUrl, token);
  const began = new Map<string, number>();
  const times: number[] = [];
  const stop = await hearEvents(productUrl, token, async ({ type, customerId = '' }) => {
    const from = began.get(customerId);
    if (type !== 'call.invited' || from === undefined) return;
    began.delete(customerId);
    const { status } = await client.get(`/api/v1/customers/${customerId}/timeline`);
    if (status === 200) times.push(performance.now() - from);
  });
  const known = callers.slice(0, CALLS).filter((number) => customers.has(number));
  const noteBegin = (number: string) => void began.set(customers.get(number) ?? '', performance.now());
  await callLoad({ port, callers: known, perSecond: 2, seconds: known.length / 2, noteBegin });
  await pause(2_000);
  stop();
  client.close();
  return summary(times, known.length / 2, known.length - times.length);
}

async function customersAt(url: string, numbers: readonly string[]): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ value: string; id: string }>(
    "select value, customer_id as id from contact_point where kind = 'phone' and value = any($1)",
    [numbers],
  );
  await client.end();
  return new Map(rows.map(({ value, id }) => [value, id]));
}
