import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { kamailioConfig } from '../../src/core/telephony/kamailio/config.ts';
import type { TelephonySettings } from '../../src/core/telephony/kamailio/settings.ts';

export interface TestKamailio {
  port: number;
  evapi: string;
  /** SIGKILL, as a power cut. */
  kill(): Promise<void>;
  /** Starts it again with the same configuration. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Calls it keeps in its memory now, from the first INVITE on. */
  dialogs(): Promise<number>;
}

/**
 * A real Kamailio on loopback, with the configuration the product writes, or another one that listens on TCP at the port
 * after this one. Calls come from 127.0.0.1.
 */
export async function startKamailio(
  port: number,
  settings: Partial<TelephonySettings> & { fallback: string },
  other?: string,
): Promise<TestKamailio> {
  const work = mkdtempSync(join(tmpdir(), 'visavis-kamailio-'));
  const evapi = `127.0.0.1:${port + 1}`;
  const config =
    other ??
    kamailioConfig({
      listen: [`udp:127.0.0.1:${port}`],
      trunks: ['127.0.0.1'],
      evapi,
      country: '33',
      callsPerSecond: 500,
      callKey: 'of the test',
      ...settings,
    });
  const file = join(work, 'kamailio.cfg');
  const control = `unixs:${join(work, 'ctl')}`;
  writeFileSync(file, `${config}\nloadmodule "ctl.so"\nmodparam("ctl", "binrpc", "${control}")\n`);
  let running: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    if (!running || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running?.once('exit', resolve));
    // Kamailio is many processes; as the leader of a group of its own they all get the signal.
    if (running.pid) process.kill(-running.pid, signal);
    await gone;
    // Its children die a moment later, and hold its ports until then.
    for (let tries = 0; tries < 100 && (await isListening(port + 1)); tries++) await pause(20);
  };
  const start = async () => {
    const quiet = process.env.VISAVIS_TEST_LOG ? 'inherit' : 'ignore';
    running = spawn(
      'kamailio',
      ['-f', file, '-DD', '-E', '-m', '256', '-M', '64', '-x', 'tlsf', '-X', 'tlsf', '-Y', work],
      {
        stdio: quiet,
        detached: true,
      },
    );
    await untilListening(port + 1);
  };
  await start();
  const dialogs = async () => {
    const { stdout } = await promisify(execFile)('kamcmd', ['-s', control, 'dlg.stats_active']);
    return Number(/all: (\d+)/.exec(stdout)?.[1]);
  };
  return { port, evapi, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), start, dialogs };
}

/** Its evapi port opens last. */
async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await isListening(port)) return;
    await pause(50);
  }
  throw new Error('Kamailio did not start');
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
