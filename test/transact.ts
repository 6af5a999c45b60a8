import type { Command, Transact } from '../src/desk/tx.ts';

/** A `transact` whose every way to the database is this one: for processes that die at it, or have none. */
export function transactBy(one: <Result>(command: Command<Result>) => Promise<Result>): Transact {
  return Object.assign(one.bind(undefined) as typeof one, {
    together: one,
    inOne: (commands: readonly Command<unknown>[]) => Promise.allSettled(commands.map((command) => one(command))),
  });
}
