import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/root.ts';

export interface Command {
  child: ChildProcess;
  /** Resolves with its exit status (null when killed) and what it printed. */
  ended: Promise<{ status: number | null; out: string; err: string }>;
}

/** Starts the built command line as a process of its own, which may be killed. */
export function startCommand(environment: Record<string, string>, ...args: string[]): Command {
  const child = spawn(
    join(projectRoot, 'node_modules', '.bin', 'node'),
    [join(projectRoot, 'dist', 'cli.js'), ...args],
    {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  return { child, ended: once(child, 'close').then(([status]) => ({ status: status as number | null, ...said })) };
}
