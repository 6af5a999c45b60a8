import { spawnSync } from 'node:child_process';

const ALONE = '--single-threaded-gc';

/**
 * Callers and phones are in this process, and would be machines of their own: they are given a processor in the moment they
 * wake up, before Kamailio and all else; whatever is started from here is not. False where the system does not allow it.
 */
export function comeFromElsewhere(): boolean {
  return spawnSync('chrt', ['--rr', '--reset-on-fork', '--pid', '4', `${process.pid}`]).status === 0;
}

/**
 * Runs this program with the same words once more, with V8 collecting garbage alone: who comes before all others would hold
 * a processor for tenths of a second, waiting for helpers that get none. Returns its exit status; undefined when this is it.
 */
export function runAlone(): number | undefined {
  if (process.execArgv.includes(ALONE)) return undefined;
  const words = [ALONE, ...process.execArgv, ...process.argv.slice(1)];
  return spawnSync(process.execPath, words, { stdio: 'inherit' }).status ?? 1;
}
