import { type Logger, pino } from 'pino';

export type Log = Logger;

/** The program's log: one JSON object a line on standard error. Never log mail text, names, addresses or secrets. */
export function createLog(level: string): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
