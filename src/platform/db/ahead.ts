import type { Writable } from 'node:stream';
import { type Compilable, CompiledQuery } from 'kysely';
import pg from 'pg';
import { GatheredRows, isGathered } from './gathered-rows.ts';
import { forgetNames, nameOf, PREPARED } from './statement-names.ts';

const AHEAD = '/* ahead */ ';
const NOTHING = { command: 'INSERT' as const, rowCount: 0, rows: [] };
/** "Current transaction is aborted": the cause is the statement that failed before. */
const ABORTED = '25P02';
/** "Cached plan must not change result type": a newer Visavis has changed a table. */
const PLAN_IS_OLD = '0A000';

/**
 * Sends a statement of a transaction without waiting for its answer: its rows and their number are not known. Statements
 * run in the order they were sent; the commit waits for all of them, and fails when one of them did.
 */
export async function sendAhead(db: Executing, statement: Compilable | Statement): Promise<void> {
  const { sql, parameters } = 'compile' in statement ? statement.compile() : statement;
  await db.executeQuery(CompiledQuery.raw(AHEAD + sql, [...parameters]));
}

export type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>;

/** A Kysely of any tables. */
interface Executing {
  executeQuery(query: CompiledQuery): Promise<unknown>;
}

/**
 * pg's own query with the fields its types leave out. Handed over as an object, because pg copies a configuration
 * property by property, descriptors and all, which took longer than writing it to the connection.
 */
interface Answering extends pg.Query {
  name: string | undefined;
  callback(error: Error | null, result?: pg.QueryResult): void;
}

type Client = Pick<pg.PoolClient, 'query' | 'release'>;

/**
 * A connection as Kysely wants it, which sends statements ahead and gives frequent ones a name. What is sent ahead, and
 * the "begin" of a transaction, leaves together with the next statement whose answer somebody waits for; so do the
 * questions that are asked side by side (Promise.all): one way there and back for all of them. Rows that may wait are
 * gathered until any other statement comes, which therefore sees them.
 */
export class Connection {
  readonly #client: Client;
  #holding = false;
  #inTransaction = false;
  #failure: unknown;
  readonly #rows = new GatheredRows();

  constructor(client: Client) {
    this.#client = client;
  }

  async query(sql: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    if (isGathered(sql)) {
      this.#rows.add(sql, values);
      return NOTHING as unknown as pg.QueryResult;
    }
    const waiting = this.#rows.take();
    if (sql !== 'rollback') for (const rows of waiting) this.#sendAhead(rows.sql, rows.parameters);
    if (sql === 'begin' || sql.startsWith(AHEAD)) {
      this.#sendAhead(sql, values);
      return NOTHING as unknown as pg.QueryResult;
    }
    this.#hold();
    const answer = this.#send(sql, values);
    // After everything that is ready to be asked now.
    process.nextTick(() => this.#letGo());
    try {
      const result = await answer;
      // A commit after a failure has undone everything.
      if (sql === 'commit' && this.#failure) throw this.#failure;
      return result;
    } catch (error) {
      if (codeOf(error) === PLAN_IS_OLD) forgetNames();
      // From the socket to whoever asked.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw codeOf(error) === ABORTED ? (this.#failure ?? error) : error;
    } finally {
      if (sql === 'commit' || sql === 'rollback') this.#end();
    }
  }

  release(destroy?: boolean): void {
    this.#letGo();
    this.#end();
    this.#client.release(destroy);
  }

  #sendAhead(sql: string, values: readonly unknown[]): void {
    this.#inTransaction = true;
    this.#hold();
    this.#send(sql, values).catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  #send(sql: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    // Searches and other lists are planned each time: the best plan depends on what is looked for.
    const name = this.#inTransaction || sql.startsWith(PREPARED) ? nameOf(sql) : undefined;
    return new Promise((resolve, reject) => {
      const query = new pg.Query(sql, [...values]) as Answering;
      query.name = name;
      query.callback = (error, result) => (error ? reject(error) : resolve(result as pg.QueryResult));
      this.#client.query(query);
    });
  }

  #end(): void {
    this.#inTransaction = false;
    this.#failure = undefined;
  }

  #hold(): void {
    if (!this.#holding) streamOf(this.#client).cork();
    this.#holding = true;
  }

  #letGo(): void {
    if (this.#holding) streamOf(this.#client).uncork();
    this.#holding = false;
  }
}

/** What carries the connection; not in the types of pg. */
function streamOf(client: Client): Writable {
  return (client as unknown as { connection: { stream: Writable } }).connection.stream;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
