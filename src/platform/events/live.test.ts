import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { LiveEvent } from './live.ts';

const db = testDatabase();

async function asAdmin<Row>(statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: db.url.replace(/\/visavis_\w+/, '/postgres') });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows as Row[];
}
const name = () => /\/(visavis_\w+)/.exec(db.url)?.[1] ?? '';
const listeners = async () =>
  (
    await asAdmin<{ pid: number }>(
      `select pid from pg_stat_activity where datname = '${name()}' and application_name = 'visavis-events'`,
    )
  ).length;
const cut = () => asAdmin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name()}'`);

test('after an outage there is one listener again, not one for every attempt, and nothing was missed', async () => {
  const heard: LiveEvent[] = [];
  const stop = db.events.subscribe((event) => heard.push(event));
  await asAdmin(`alter database ${name()} allow_connections false`);
  await cut();
  await wait(3_000);
  await asAdmin(`alter database ${name()} allow_connections true`);
  await expect.poll(listeners, { timeout: 25_000 }).toBe(1);
  await db.transact((tx) => tx.record({ type: 'after.outage' }));
  await expect.poll(() => heard.map((event) => event.type), { timeout: 25_000 }).toEqual(['after.outage']);
  expect(await listeners()).toBe(1);
  stop();
});

test('an event of a transaction that commits late is heard after younger ones, never skipped', async () => {
  const heard: string[] = [];
  const stop = db.events.subscribe((event) => heard.push(event.type));
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const late = db.transact(async (tx) => {
    await tx.record({ type: 'late' });
    await held;
  });
  await wait(50);
  await db.transact((tx) => tx.record({ type: 'early' }));
  await wait(300);
  release();
  await late;
  await expect.poll(() => [...heard].sort(), { timeout: 25_000 }).toEqual(['early', 'late']);
  stop();
});
