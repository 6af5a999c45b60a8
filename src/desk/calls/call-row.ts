import type { Selectable } from 'kysely';
import type { Call } from '../tables.ts';

/** A call as it stands in its row. */
export type CallRow = Selectable<Call>;
