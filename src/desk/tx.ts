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
  /** Writes without waiting for the answer; the commit waits, and fails when this did. Reads that follow see it. */
  write(statement: Compilable): Promise<void>;
  /** Adds one row in the same way. The text of the statement is built once. */
  insert<Table extends keyof DB>(table: Table, row: Insertable<DB[Table]>): Promise<void>;
  /** Writes a job in this transaction. */
  enqueue(name: JobName, data: Record<string, unknown>, startAfter?: Date): Promise<void>;
  /** Writes one line of the event log in this transaction; live screens see it after the commit. */
  record(event: NewEvent): Promise<void>;
}

/** Runs a command in a transaction of its own and commits, or undoes everything when it throws. */
export type Transact = <Result>(command: (tx: Tx) => Promise<Result>) => Promise<Result>;

/** Every kind of background job. */
export const jobNames = [
  'read-delivery',
  'send-mail',
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
  'forget-numbers',
  'gather-figures',
  'work-out-caseloads',
  'watch-caseloads',
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
