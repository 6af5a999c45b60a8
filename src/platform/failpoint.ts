/**
 * Dies here, as by kill -9, when VISAVIS_FAILPOINT names this step: the fault tests stop the program between any two
 * steps with it. Nothing happens, and nothing is spent, when the variable is not set.
 */
export function failpoint(name: string): void {
  if (named === undefined || named !== name) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal arrives a moment later; nothing may run until then.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const named = process.env.VISAVIS_FAILPOINT;
