import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Limits {
  /** A program that takes longer is ended. */
  mostSeconds: number;
  /** A program that prints more, or makes any larger file, is ended. */
  mostBytes: number;
}

export interface SmallShell {
  /** What the program prints, once those before it have ended. Throws when it fails or reaches a limit. */
  run(command: readonly string[]): Promise<Buffer>;
}

/**
 * A shell of a megabyte that starts programs in our place, one after the other. Before a program can be started the system
 * copies whoever starts it: of a process of 300 MB that takes milliseconds in which nothing else happens here, and all its
 * threads pay afterwards for each page they write to. It ends with this process, whichever way that ends.
 */
export function openSmallShell(limits: Limits): SmallShell {
  let shell: Promise<Shell> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  const runNow = async (command: readonly string[]) => {
    shell ??= startShell();
    const current = shell;
    const forget = () => {
      if (shell === current) shell = undefined;
    };
    const { ended, run } = await current.catch((error) => {
      forget();
      throw error;
    });
    void ended.then(forget);
    return run(command, limits);
  };
  return {
    run: (command) => {
      const done = before.then(() => runNow(command));
      before = done.catch(() => undefined);
      return done;
    },
  };
}

interface Shell {
  run(command: readonly string[], limits: Limits): Promise<Buffer>;
  ended: Promise<unknown>;
}

async function startShell(): Promise<Shell> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-shell-'));
  // A group of its own: who interrupts Visavis in a terminal would interrupt it first.
  const child = spawn('sh', ['-s', folder], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'exit').catch(() => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as Socket).unref();
  const lines = createInterface({ input: child.stdout });
  child.stdin.write(`trap 'rm -rf -- "$1"' EXIT\n`);
  return {
    ended,
    run: async (command, { mostSeconds, mostBytes }) => {
      const status = Promise.race([once(lines, 'line'), ended.then(() => ['the shell ended'])]);
      // ulimit counts in pieces of 512 bytes (POSIX).
      const limited = `ulimit -f ${Math.ceil(mostBytes / 512)}; exec timeout ${mostSeconds} ${command.map(quoted).join(' ')}`;
      child.stdin.write(`(${limited}) >"$1/out" 2>/dev/null </dev/null; echo $?\n`);
      const [how] = (await keepingAwake(child.stdout, status)) as [string];
      if (how !== '0') throw new Error(`${command[0]} failed: ${how}`);
      return readFile(join(folder, 'out'));
    },
  };
}

/** While somebody waits for an answer this process does not end for want of work. */
async function keepingAwake<Value>(stream: unknown, work: Promise<Value>): Promise<Value> {
  const socket = stream as Socket;
  socket.ref();
  try {
    return await work;
  } finally {
    socket.unref();
  }
}

/** As one word of a shell, whatever is in it (POSIX.1-2017, 2.2.2). A line must stay one, so breaks become spaces. */
const quoted = (word: string) => `'${word.replace(/[\r\n\0]+/g, ' ').replaceAll("'", `'\\''`)}'`;
