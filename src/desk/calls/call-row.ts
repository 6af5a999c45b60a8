import type { Kysely, Selectable } from 'kysely';
import { prepared, preparedAhead } from '../../platform/db/prepared.ts';
import type { Call, DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

/** What events change and need of a call; not the situation of its decision, which is large and read by nobody here. */
const COLUMNS = [
  'answeredAt',
  'answeredBy',
  'cancelledAt',
  'commitmentId',
  'customerId',
  'decision',
  'direction',
  'endedAt',
  'fromPhone',
  'id',
  'interactionId',
  'invitedAt',
  'missedAt',
  'placedBy',
  'ringList',
  'saidOverAt',
  'source',
  'toPhone',
  'trayItemId',
  'waitsSince',
  'wrappedAt',
] as const satisfies (keyof Call)[];

/** A call as it stands in its row. */
export type CallRow = Pick<Selectable<Call>, (typeof COLUMNS)[number]>;

/** Columns that change while a call goes on. */
export type CallChanges = Partial<
  Pick<
    CallRow,
    | 'answeredAt'
    | 'answeredBy'
    | 'cancelledAt'
    | 'endedAt'
    | 'interactionId'
    | 'missedAt'
    | 'ringList'
    | 'saidOverAt'
    | 'trayItemId'
    | 'wrappedAt'
  >
>;

/**
 * Changes the call's row. Better once than twice: each change writes into all indexes of the table.
 */
export async function changeCall(tx: Tx, id: string, changes: CallChanges): Promise<void> {
  const columns = Object.keys(changes) as (keyof CallChanges)[];
  if (columns.length === 0) return;
  const update = updates.get(columns.join()) ?? updateOf(columns);
  updates.set(columns.join(), update);
  await tx.write(update(tx.db, { ...changes, id }));
}

const updates = new Map<string, ReturnType<typeof updateOf>>();

/** One for each set of columns; there are few. */
const updateOf = (columns: readonly (keyof CallChanges)[]) =>
  preparedAhead((db: Kysely<DB>, given: CallChanges & { id: string }) =>
    db
      .updateTable('call')
      .set(Object.fromEntries(columns.map((column) => [column, given[column]])))
      .where('id', '=', given.id),
  );

/** The call, which nobody else changes until this transaction ends; undefined when there is none. */
export async function lockCall(tx: Tx, id: string): Promise<CallRow | undefined> {
  const [call] = await callForUpdate(tx.db, { id });
  return call;
}

const callForUpdate = prepared((db: Kysely<DB>, given: { id: string }) =>
  db.selectFrom('call').where('id', '=', given.id).select(COLUMNS).forUpdate(),
);
