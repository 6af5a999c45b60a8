import type { Command } from 'commander';
import type { House } from '../desk/house.ts';
import type { Both } from '../platform/config/said-in-both.ts';
import { toOperator } from './usage-words.ts';

/** Opens the house for one command and closes it afterwards. */
export type WithHouse = <Result>(work: (house: House) => Promise<Result>) => Promise<Result>;

/** Prints a result: in words, or as one line of JSON with `--json`. */
export function say(command: Command, result: unknown, words: string): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  root(command)
    .configureOutput()
    .writeOut?.(`${json ? JSON.stringify(result) : words}\n`);
}

/** Says what is wrong and how to mend it, in the language of whoever typed it, and makes the exit status 1. */
export function refuse(command: Command, result: unknown, words: string | Both): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  const output = root(command).configureOutput();
  if (json) output.writeOut?.(`${JSON.stringify(result)}\n`);
  else output.writeErr?.(`${typeof words === 'string' ? words : toOperator(words)}\n`);
  process.exitCode = 1;
}

/** Where long work has got to, for a person at a terminal. */
export function progress(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words}`);
}

function root(command: Command): Command {
  return command.parent ? root(command.parent) : command;
}
