/** What the thread that speaks to callers begins with. */
export interface AtWork {
  port: number;
  mediaAddress: string;
  folder: string;
  recordings: string;
  /** How long what is over is known (ms): an answer is repeated to whoever repeats the question. */
  keptMs: number;
}

/** What the house tells the thread that speaks to callers. */
export type ToAnnouncer =
  /** Somebody is free for this call: what it hears while it waits ends. */
  | { putThrough: string }
  /** Visavis ends. */
  | { leave: true };

/** What that thread tells the house. */
export type FromAnnouncer =
  /** It takes calls at this port of 127.0.0.1. */
  | { port: number }
  /** A message is over, and lies under this name. */
  | { recorded: string }
  /** A message could not be written, and its caller was hung up on. */
  | { trouble: unknown };
