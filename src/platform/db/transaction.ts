import {
  type DatabaseConnection,
  type Dialect,
  DummyDriver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction,
} from 'kysely';

/**
 * Runs `work` in one transaction, whose questions may be asked side by side: those of one Promise.all leave in one write.
 * Kysely's own transaction sends a question only when the one before has been answered. Throws what `work` throws, after
 * everything was undone.
 */
export function inTransaction<Tables, Result>(
  kysely: Kysely<Tables>,
  work: (db: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return kysely.transaction().execute((oneByOne) => {
    const executor = oneByOne.getExecutor();
    return executor.provideConnection((connection: DatabaseConnection) =>
      work(
        new Transaction<Tables>({
          config: { dialect },
          dialect,
          driver: noOtherConnection,
          executor: executor.withConnectionProvider({ provideConnection: (ask) => ask(connection) }),
        }),
      ),
    );
  });
}

/** A transaction that is open already never asks for another connection. */
const noOtherConnection = new DummyDriver();

const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => noOtherConnection,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
