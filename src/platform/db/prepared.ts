import type { Compilable, CompiledQuery, QueryExecutorProvider, RawBuilder } from 'kysely';
import { PREPARED } from './statement-names.ts';

/** Anything that runs a query already compiled: a Kysely or a transaction of it. */
interface Executing extends QueryExecutorProvider {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<{ rows: Row[] }>;
}

/** Stands in the place of a value while the text of a query is built. */
class Given {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query whose text is built once in the life of the process; every run only puts its values in their places. For the
 * few queries that every message, call or page needs: building one costs more than the database needs to answer it.
 * `build` must make the same query whatever the values are. Returns the rows.
 */
export function prepared<Database extends Executing, Values extends object, Row>(
  build: (db: Database, given: Values) => Compilable<Row> | RawBuilder<Row>,
): (db: Database, values: Values) => Promise<Row[]> {
  let known: CompiledQuery<Row> | undefined;
  return async (db, values) => {
    known ??= marked(build(db, placesFor<Values>()).compile(db));
    return (await db.executeQuery<Row>(filled(known, values))).rows;
  };
}

/** The same for a statement whose answer nobody waits for (`Tx.write`): its text is built once. */
export function preparedAhead<Database, Values extends object>(
  build: (db: Database, given: Values) => Compilable,
): (db: Database, values: Values) => Compilable {
  let known: CompiledQuery | undefined;
  return (db, values) => {
    known ??= build(db, placesFor<Values>()).compile();
    const statement = filled(known, values) as CompiledQuery<never>;
    return { compile: () => statement };
  };
}

function filled<Values extends object, Row>(query: CompiledQuery<Row>, values: Values): CompiledQuery<Row> {
  const parameters = query.parameters.map((each) => (each instanceof Given ? values[each.name as keyof Values] : each));
  return { ...query, parameters };
}

/** With the mark that every connection is to keep its plan. */
function marked<Row>(query: CompiledQuery<Row>): CompiledQuery<Row> {
  return { ...query, sql: PREPARED + query.sql };
}

/** An object that has a place for every value somebody asks for. */
function placesFor<Values extends object>(): Values {
  return new Proxy({}, { get: (_, name) => new Given(String(name)) }) as Values;
}
