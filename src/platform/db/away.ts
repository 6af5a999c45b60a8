import pg from 'pg';

/** Connection exceptions; the server ends, is crashing, or takes nobody in yet; it has no connection left to give. */
const AWAY = /^(08...|57P0[1-5]|53300)$/;
/** Of the system, about the way to the server; ENOENT: its socket is not there. */
const NO_WAY =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|ENOTFOUND|EAI_AGAIN)$/;
/** Of pg, which gives these no code. */
const LOST =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when)/;

/** Whether the connection or the server went away. Nobody knows then whether the transaction was stored. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (error instanceof pg.DatabaseError) return AWAY.test(code);
  return NO_WAY.test(code) || LOST.test(error.message);
}
