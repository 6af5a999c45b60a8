import { execFile } from 'node:child_process';
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
    takeTurn(Number(thread), TURN.thread);
    return true;
  } catch {
    return false;
  }
}

/**
 * The same for what PostgreSQL does on this connection, when it does it on this machine and as a user we may speak for.
 * For short questions, of a fraction of a millisecond: they take a processor even from the thread that waits for them.
 */
export const letComeFirst = (client: pg.ClientBase): Promise<void> => letCome(client, TURN.short);

/** For work that takes longer, and may have a processor only in turn with such a thread. */
export const letComeSoon = (client: pg.ClientBase): Promise<void> => letCome(client, TURN.long);

async function letCome(client: pg.ClientBase, priority: number): Promise<void> {
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const pid = rows[0]?.pid ?? 0;
    // A server elsewhere has numbers of its own: what has this one here is somebody else.
    if (!(await readFile(`/proc/${pid}/cmdline`, 'utf8')).startsWith('postgres: ')) return;
    setPriority(pid, FIRST);
    takeTurn(pid, priority);
  } catch {
    // Then it takes its turn like all others.
  }
}

/**
 * Among those whom Linux gives a processor in the moment they wake up; Kamailio, which all begins with, is at 3. Of two at
 * the same priority one waits for the other, 100 ms if need be; whoever is below waits longer. A thread does keep its
 * processor so long: while V8 collects garbage it asks without a pause whether its helpers, who come last, are done.
 */
const TURN = { short: 3, thread: 2, long: 2 };

/**
 * Has whoever wakes up there take a processor in the same moment from all of lower priority (SCHED_RR, `man 7 sched`). Being nicer alone does
 * not: Linux lets whoever runs finish a slice of milliseconds, and a call wakes up six times on its way. Where this is not
 * allowed, or there is no `chrt` (util-linux), slices are waited for. Whatever is started from there does not inherit it.
 */
function takeTurn(thread: number, priority: number): void {
  execFile('chrt', ['--rr', '--reset-on-fork', '--pid', `${priority}`, `${thread}`], () => undefined);
}
