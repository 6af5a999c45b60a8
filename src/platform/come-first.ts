import { readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import type pg from 'pg';

/** How much nicer everyone else is (`man 7 sched`); ten is enough to be given a processor at once. */
export const FIRST = -10;

/**
 * Has the thread that calls this be given a processor before all others, for work that is short and somebody waits for.
 * False where the system allows nobody to (it allows root, and whoever has `CAP_SYS_NICE`), or knows no such threads.
 */
export function comeFirst(): boolean {
  try {
    const [thread] = readlinkSync('/proc/thread-self').split('/').slice(-1);
    setPriority(Number(thread), FIRST);
    return true;
  } catch {
    return false;
  }
}

/** The same for what PostgreSQL does on this connection, when it does it on this machine and as a user we may speak for. */
export async function letComeFirst(client: pg.ClientBase): Promise<void> {
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const pid = rows[0]?.pid ?? 0;
    // A server elsewhere has numbers of its own: what has this one here is somebody else.
    if ((await readFile(`/proc/${pid}/cmdline`, 'utf8')).startsWith('postgres: ')) setPriority(pid, FIRST);
  } catch {
    // Then it takes its turn like all others.
  }
}
