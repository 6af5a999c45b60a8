import { type Kysely, sql } from 'kysely';
import { unpackState } from '../calls/pack-state.ts';
import type { DB } from '../tables.ts';

export interface StoredDecision {
  id: string;
  at: Date;
  policyVersion: string;
  situation: unknown;
  request: unknown;
  decision: unknown;
}

const AT_ONCE = 500;

/**
 * What was decided again about a call, by the same rules: after an offer, a phone in vain, a wait. Left out: callers put
 * through to whoever became free, for whom nobody was asked (`putThroughTo` names one reason, how long they waited).
 */
const decidedAgain = sql`decision->'reasons'->0->>'code' not in
  ('own_caller_waits', 'backed_up_caller_waits', 'pod_caller_waits', 'caller_waits')`;

/** Every stored decision of a span of time in the order they were taken, calls and written, in batches. */
export async function* readRecorded(
  db: Kysely<DB>,
  { since, until }: { since: Date; until: Date },
): AsyncGenerator<StoredDecision[]> {
  let after = { at: since, id: '' };
  for (;;) {
    const { rows } = await sql<Row>`
      select * from (
        select id::text as id, at, policy_version as "policyVersion", situation, request, decision,
          null::jsonb as state, null::uuid as "stateId", null::bytea as packed from decision
        where at >= ${after.at} and at < ${until}
        union all
        select call.id, invited_at, policy_version, situation, request, decision,
          house_state.state, house_state_id, house_state.packed
        from call left join house_state on house_state.id = house_state_id
        where invited_at >= ${after.at} and invited_at < ${until} and policy_version is not null
        union all
        select call_id || '#' || ask, call_again.at, policy_version, situation, request, decision,
          house_state.state, house_state_id, house_state.packed
        from call_again left join house_state on house_state.id = house_state_id
        where call_again.at >= ${after.at} and call_again.at < ${until} and ${decidedAgain}
      ) as taken
      where (date_trunc('milliseconds', at), id) > (${after.at}, ${after.id})
      order by date_trunc('milliseconds', at), id limit ${AT_ONCE}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    after = last;
    yield await withStates(rows);
  }
}

interface Row extends StoredDecision {
  situation: object;
  state: object | null;
  stateId: string | null;
  packed: Buffer | null;
}

/** A call keeps what differs from the state of the house it was decided from. Each state is unpacked once. */
function withStates(rows: readonly Row[]): Promise<StoredDecision[]> {
  const unpacked = new Map<string, Promise<object>>();
  const stateOf = ({ state, stateId, packed }: Row): object | null | Promise<object> => {
    if (!stateId || !packed) return state;
    const known = unpacked.get(stateId) ?? unpackState(packed);
    unpacked.set(stateId, known);
    return known;
  };
  return Promise.all(
    rows.map(async (row) => {
      const { id, at, policyVersion, request, decision } = row;
      return { id, at, policyVersion, request, decision, situation: { ...(await stateOf(row)), ...row.situation } };
    }),
  );
}

/** How many that will be. */
export async function countRecorded(db: Kysely<DB>, { since, until }: { since: Date; until: Date }): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from decision where at >= ${since} and at < ${until})::int +
      (select count(*) from call where invited_at >= ${since} and invited_at < ${until} and policy_version is not null)::int +
      (select count(*) from call_again where at >= ${since} and at < ${until} and ${decidedAgain})::int as count`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
