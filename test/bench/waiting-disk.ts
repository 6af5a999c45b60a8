import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Milliseconds a commit waits for the disk: less than where the target was set. */
export const DISK_MS = 2;

/**
 * Does this while every commit waits for the disk as long as a durable volume lets it wait: PostgreSQL's own
 * `commit_delay`, under its lock. Those who come meanwhile are flushed together, so bare commits gain more from it than from a real disk.
 */
export async function onWaitingDisk<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const set = async (...settings: string[]) => {
    for (const setting of settings) await client.query(`alter system ${setting}`);
    await client.query('select pg_reload_conf()');
    // Servers of connections hear of it at their next statement; the signal itself needs a moment.
    await sleep(500);
  };
  try {
    await set(`set commit_delay = ${DISK_MS * 1_000}`, 'set commit_siblings = 0');
    return await work();
  } finally {
    await set('reset commit_delay', 'reset commit_siblings');
    await client.end();
  }
}
