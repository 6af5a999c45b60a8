import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { Connection } from './ahead.ts';

// PostgreSQL's bigint fits a JavaScript number for every count and sequence of this product (2^53).
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface Database<Tables> {
  kysely: Kysely<Tables>;
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface Connections {
  most: number;
  /** Whoever asks now and then would wait for a new one each time: none is given up for being idle. */
  kept?: boolean;
}

/** Opens a pool on the database. Columns are snake_case in SQL and camelCase in code; JSON keys are left as they are. */
export function openDatabase<Tables>(
  url: string,
  { most, kept = false }: Connections = { most: 16 },
): Database<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    ...(kept ? { idleTimeoutMillis: 0 } : {}),
    application_name: 'visavis',
    keepAlive: true,
    pipeline: true,
  });
  // An idle connection that the server ends must not end the process; the pool opens another.
  pool.on('error', () => undefined);
  // Nor may one in use: whoever waits for its answer gets the error.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: connectionsOf(pool) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { kysely, pool, close: () => kysely.destroy() };
}

/** The pool as Kysely wants it: one and the same connection for the same client. */
function connectionsOf(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, Connection>();
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      const connection = known.get(client) ?? new Connection(client);
      known.set(client, connection);
      return connection as unknown as PostgresPoolClient;
    },
  };
}
