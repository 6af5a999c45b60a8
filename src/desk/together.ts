import pg from 'pg';
import type { Command } from './tx.ts';

/** Commands that cannot share a transaction: each must have one of its own. Nothing of them was stored. */
export class NotTogether extends Error {}

const MOST_TOGETHER = 16;
/** While one group waits for the database, the next is worked out. */
const GROUPS_AT_ONCE = 2;
/** Longer than two groups need who write to the same customer. */
const LOCK_WAIT_MS = 200;

/** Runs commands side by side in one transaction, all or none; it waits for a lock as long as it takes, or as told (ms). */
export type RunAll = (commands: readonly Command<unknown>[], lockWaitMs?: number) => Promise<unknown[]>;

interface Waiting {
  command: Command<unknown>;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

/**
 * Group commit: commands that come while others are at work wait for each other and share the next transaction, and so
 * its commit and the statements that fill the same tables. Who comes alone starts at once. A group starts beside another
 * when it is as large, or when that one has ended. When a group cannot be committed, or meets a lock that lasts, each of
 * its commands is run again in a transaction of its own, beside the groups: one that fails or waits holds up no other.
 */
export function commitTogether(runAll: RunAll): <Result>(command: Command<Result>) => Promise<Result> {
  const waiting: Waiting[] = [];
  let groups = 0;
  let underWay = 0;
  const startGroups = () => {
    const size = groupSize({ waiting: waiting.length, underWay, groups });
    if (size === 0) return;
    const group = waiting.splice(0, size);
    groups += 1;
    underWay += size;
    void commitGroup(runAll, group).finally(() => {
      groups -= 1;
      underWay -= size;
      startGroups();
    });
    startGroups();
  };
  return <Result>(command: Command<Result>) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ command, resolve: resolve as (result: unknown) => void, reject });
      startGroups();
    });
}

/**
 * How many of those who wait start now; 0: they wait on. Groups of equal size keep this process and the database at work
 * side by side: without the wait one that has just ended would be followed by whoever was quickest, alone.
 */
export function groupSize(now: { waiting: number; underWay: number; groups: number }): number {
  if (now.groups >= GROUPS_AT_ONCE) return 0;
  const share = Math.min(MOST_TOGETHER, Math.ceil((now.waiting + now.underWay) / GROUPS_AT_ONCE));
  return now.groups === 0 || now.waiting >= share ? Math.min(now.waiting, share) : 0;
}

/**
 * One transaction for commands that are there together already. When it cannot be committed, or meets a lock that lasts,
 * each is run again in a transaction of its own, in their order. Tells how each of them ended.
 */
export async function commitInOne(
  runAll: RunAll,
  commands: readonly Command<unknown>[],
): Promise<PromiseSettledResult<unknown>[]> {
  try {
    const values = await runAll(commands, commands.length > 1 ? LOCK_WAIT_MS : undefined);
    return values.map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    const ended: PromiseSettledResult<unknown>[] = [];
    for (const command of commands)
      if (commands.length > 1 && isUndone(reason)) ended.push(...(await Promise.allSettled([runAll([command])])));
      else ended.push({ status: 'rejected', reason });
    return ended;
  }
}

async function commitGroup(runAll: RunAll, group: readonly Waiting[]): Promise<void> {
  try {
    const commands = group.map(({ command }) => command);
    const results = await runAll(commands, LOCK_WAIT_MS);
    group.forEach(({ resolve }, index) => {
      resolve(results[index]);
    });
  } catch (error) {
    for (const each of group)
      if (isUndone(error)) void commitAlone(runAll, each);
      else each.reject(error);
  }
}

async function commitAlone(runAll: RunAll, { command, resolve, reject }: Waiting): Promise<void> {
  await runAll([command]).then(([result]) => resolve(result), reject);
}

/** Classes of errors after which a server that still answers has undone the whole transaction. */
const UNDONE = /^(22|23|25|40|55|P0)/;

/**
 * Whether nothing of the transaction can have been stored. When the connection was lost nobody knows, and running it
 * again could store it twice: whoever asked is told, and asks again with the same key.
 */
function isUndone(error: unknown): boolean {
  if (error instanceof NotTogether) return true;
  return error instanceof pg.DatabaseError && UNDONE.test(error.code ?? '');
}
