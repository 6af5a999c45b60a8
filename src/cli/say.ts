import type { Command } from 'commander';
import type { House } from '../desk/house.ts';
import type { Both } from '../platform/config/said-in-both.ts';
import { toOperator } from './usage-words.ts';

/** Opens the house for one command and closes it afterwards. */
export type WithHouse = <Result>(work: (house: House) => Promise<Result>) => Promise<Result>;

/** A sentence in both languages, or what was put into one before: a bare string would be in English for everybody. */
export type Words = Both | AsIs;

interface AsIs {
  readonly asIs: string;
}

/** What is in the language of the terminal already, or in none: a table, an address, a secret. */
export function asIs(text: string): AsIs {
  return { asIs: text };
}

/** Prints a result: in words, or as one line of JSON with `--json`. */
export function say(command: Command, result: unknown, words: Words): void {
  root(command)
    .configureOutput()
    .writeOut?.(`${readsJson(command) ? JSON.stringify(result) : spoken(words)}\n`);
}

/** Says what is wrong and how to mend it, in the language of whoever typed it, and makes the exit status 1. */
export function refuse(command: Command, result: unknown, words: Words): void {
  const output = root(command).configureOutput();
  if (readsJson(command)) output.writeOut?.(`${JSON.stringify(result)}\n`);
  else output.writeErr?.(`${spoken(words)}\n`);
  process.exitCode = 1;
}

/** Where long work has got to, for a person at a terminal. */
export function progress(words: Words | ''): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${spoken(words)}`);
}

/** Whether a program reads what is printed: nothing in it depends on the language of the terminal. */
export function readsJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

function spoken(words: Words | ''): string {
  if (words === '') return '';
  return 'asIs' in words ? words.asIs : toOperator(words);
}

function root(command: Command): Command {
  return command.parent ? root(command.parent) : command;
}
