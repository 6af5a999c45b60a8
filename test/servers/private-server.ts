import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A folder that the servers' own users can reach. */
export function serverFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `visavis-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

export function idsOf(user: string): { uid: number; gid: number } {
  const ask = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

/** A port of the loopback that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program in the foreground and waits until its port answers. */
export async function startProgram(command: string, args: readonly string[], port: number): Promise<ChildProcess> {
  const program = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });
  let said = '';
  for (const stream of [program.stdout, program.stderr]) stream?.on('data', (chunk) => (said += chunk));
  for (let attempt = 0; attempt < 200; attempt++) {
    if (program.exitCode !== null) throw new Error(`${command} ended: ${said}`);
    if (await answers(port)) return program;
    await wait(50);
  }
  program.kill('SIGKILL');
  throw new Error(`${command} does not answer on port ${port}: ${said}`);
}

/** Ends it and removes its folder. */
export async function stopProgram(program: ChildProcess, folder?: string): Promise<void> {
  if (program.exitCode === null && program.signalCode === null) {
    const ended = once(program, 'exit');
    program.kill('SIGTERM');
    await ended;
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
