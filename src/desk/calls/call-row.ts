import type { Selectable } from 'kysely';
import type { Call } from '../tables.ts';
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
  'source',
  'toPhone',
  'trayItemId',
] as const satisfies (keyof Call)[];

/** A call as it stands in its row. */
export type CallRow = Pick<Selectable<Call>, (typeof COLUMNS)[number]>;

/** The call, which nobody else changes until this transaction ends; undefined when there is none. */
export function lockCall(tx: Tx, id: string): Promise<CallRow | undefined> {
  return tx.db.selectFrom('call').where('id', '=', id).select(COLUMNS).forUpdate().executeTakeFirst();
}
