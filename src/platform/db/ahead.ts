import type { Writable } from 'node:stream';
import { type Compilable, CompiledQuery } from 'kysely';
import type pg from 'pg';
import { forgetNames, nameOf } from './statement-names.ts';

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
export async function sendAhead(db: Executing, statement: Compilable): Promise<void> {
  const { sql, parameters } = statement.compile();
  await db.withoutPlugins().executeQuery(CompiledQuery.raw(AHEAD + sql, [...parameters]));
}

/** A Kysely of any tables. */
interface Executing {
  withoutPlugins(): { executeQuery(query: CompiledQuery): Promise<unknown> };
}

type Client = Pick<pg.PoolClient, 'query' | 'release'>;

/**
 * A connection as Kysely wants it, which sends statements ahead and gives frequent ones a name. What is sent ahead, and
 * the "begin" of a transaction, leaves together with the next statement whose answer somebody waits for.
 */
export class Connection {
  readonly #client: Client;
  #holding = false;
  #inTransaction = false;
  #failure: unknown;

  constructor(client: Client) {
    this.#client = client;
  }

  async query(sql: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    if (sql === 'begin' || sql.startsWith(AHEAD)) {
      this.#inTransaction = true;
      this.#hold();
      this.#send(sql, values).catch((error: unknown) => {
        this.#failure ??= error;
      });
      return NOTHING as unknown as pg.QueryResult;
    }
    const answer = this.#send(sql, values);
    this.#letGo();
    try {
      const result = await answer;
      // A commit after a failure has undone everything.
      if (sql === 'commit' && this.#failure) throw this.#failure;
      return result;
    } catch (error) {
      if (codeOf(error) === PLAN_IS_OLD) forgetNames();
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

  #send(sql: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    // Searches and lists are planned each time: the best plan depends on what is looked for.
    const name = this.#inTransaction ? nameOf(sql) : undefined;
    return this.#client.query({ name, text: sql, values: [...values] });
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
