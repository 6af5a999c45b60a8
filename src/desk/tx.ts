import type { Compilable, Insertable, Transaction } from 'kysely';
import type { DB } from './tables.ts';

/** What every command works in: one database transaction, the present, and what leaves when it commits. */
export interface Tx {
  db: Transaction<DB>;
  now: Date;
  /** Key of reply addresses and Message-IDs. */
  signingKey: Buffer;
  /** Keys that signed before; still believed. */
  olderKeys: readonly Buffer[];
  /** Where people find us, for links in mails: scheme, host and port. */
  origin: string;
  /** Whether an SMS link is configured: without one, what can go by mail does. */
  smsLeaves?: boolean;
  /** Writes without waiting for the answer; the commit waits, and fails when this did. Reads that follow see it. */
  write(statement: Compilable): Promise<void>;
  /** Adds one row in the same way, perhaps together with others of its table. Statements that follow see it. */
  insert<Table extends keyof DB>(table: Table, row: Insertable<DB[Table]>): Promise<void>;
  /** Writes a job in this transaction. */
  enqueue(name: JobName, data: Record<string, unknown>, startAfter?: Date): Promise<void>;
  /** Writes one line of the event log in this transaction; live screens see it after the commit. */
  record(event: NewEvent): Promise<void>;
  /**
   * Names what no other command of the same transaction may be at work on (a customer, a key). A lock of the database
   * keeps transactions apart, but not those who share one: the second is run again in a transaction of its own.
   */
  keepApart(what: string): void;
}

export type Command<Result> = (tx: Tx) => Promise<Result>;

export interface Transact {
  /** Runs a command in a transaction of its own and commits, or undoes everything when it throws. */
  <Result>(command: Command<Result>): Promise<Result>;
  /**
   * The same for what comes many times a second, perhaps in one transaction with others of its kind: the command says
   * what it must be kept apart for, and may be run again from the start.
   */
  together<Result>(command: Command<Result>): Promise<Result>;
  /** All of these in one transaction, on the same terms; where that fails, one after the other. Never throws. */
  inOne(commands: readonly Command<unknown>[]): Promise<PromiseSettledResult<unknown>[]>;
}

/** Every kind of background job. */
export const jobNames = [
  'read-delivery',
  'send-mail',
  'send-sms',
  'read-sms',
  'sweep-sms',
  'watch-commitments',
  'watch-absences',
  'tell-absence',
  'carry-out-action',
  'ask-solved',
  'sweep',
  'forget-expired',
  'watch-posts',
  'tell-alerts',
  'fetch-voices',
  'watch-calls',
  'dial-call',
  'forget-numbers',
  'gather-figures',
  'work-out-caseloads',
  'watch-caseloads',
  'simulate-plan',
] as const;
export type JobName = (typeof jobNames)[number];

/** A line of the event log: ids and facts, never names or text. */
export interface NewEvent {
  type: string;
  customerId?: string | null;
  advisorId?: string | null;
  caseFileId?: string | null;
  facts?: Record<string, string | number | boolean | null>;
}
