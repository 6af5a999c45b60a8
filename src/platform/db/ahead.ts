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

/** A connection as Kysely wants it, which knows statements that are sent ahead and gives frequent ones a name. */
export class Connection {
  readonly #client: Client;
  #ahead: Promise<unknown>[] = [];
  #failure: unknown;

  constructor(client: Client) {
    this.#client = client;
  }

  async query(sql: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    if (sql.startsWith(AHEAD)) {
      this.#ahead.push(this.#send(sql, values).catch((error: unknown) => (this.#failure ??= error)));
      return NOTHING as unknown as pg.QueryResult;
    }
    if (sql === 'commit') await this.#settle();
    try {
      return await this.#send(sql, values);
    } catch (error) {
      if (codeOf(error) === PLAN_IS_OLD) forgetNames();
      throw codeOf(error) === ABORTED ? (this.#failure ?? error) : error;
    } finally {
      if (sql === 'rollback') this.#forget();
    }
  }

  release(destroy?: boolean): void {
    this.#forget();
    this.#client.release(destroy);
  }

  #send(sql: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    return this.#client.query({ name: nameOf(sql), text: sql, values: [...values] });
  }

  async #settle(): Promise<void> {
    await Promise.all(this.#ahead);
    this.#ahead = [];
    if (this.#failure) throw this.#failure;
  }

  #forget(): void {
    this.#ahead = [];
    this.#failure = undefined;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
