import { sql } from 'kysely';
import type { Tx } from '../tx.ts';

/**
 * Copies what the event log says since the last time into columns that are fast to add up. The place reached and the
 * rows move in one transaction, and only lines below the oldest open transaction are read, so none is ever skipped or
 * taken twice. Two processes wait for each other.
 */
export async function gatherFigures(tx: Tx): Promise<void> {
  const { db } = tx;
  await sql`select from figures_place for update`.execute(db);
  const newest = await sql<{ xid: string; seq: string }>`
    select xid::text as xid, seq from event where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by event.xid desc, event.seq desc limit 1`.execute(db);
  const until = newest.rows[0];
  if (!until) return;
  const fresh = sql`(event.xid, event.seq) > (select xid, seq from figures_place)
    and (event.xid, event.seq) <= (${until.xid}::xid8, ${until.seq}::bigint) and facts ? 'ownAdvisorId'`;
  await sql`
    insert into contact_fact
    select seq, at, customer_id, who, who = (facts ->> 'ownAdvisorId')::uuid, (facts ->> 'named')::boolean,
      (facts ->> 'official')::boolean, (facts ->> 'podId')::uuid, facts ->> 'territory', coalesce(facts ->> 'channel', 'call'),
      case when facts ->> 'unansweredSince' is not null
        then greatest(0, extract(epoch from at - (facts ->> 'unansweredSince')::timestamptz))::int end
    from (select *, coalesce((facts ->> 'heardBy')::uuid, advisor_id) as who from event
          where ${fresh} and type in ('interaction.sent', 'interaction.received', 'call.answered')) as event
    -- A call is an exchange when it was answered, not when it stands on the timeline.
    where who is not null and not (type <> 'call.answered' and facts ? 'callId')
    on conflict do nothing`.execute(db);
  await sql`
    insert into commitment_fact
    select seq, at, customer_id, (facts ->> 'official')::boolean, (facts ->> 'podId')::uuid, facts ->> 'territory',
      type = 'commitment.kept' and (facts ->> 'inTime')::boolean
    from event where ${fresh} and type in ('commitment.kept', 'commitment.broken')
    on conflict do nothing`.execute(db);
  await sql`update figures_place set xid = ${until.xid}::xid8, seq = ${until.seq}::bigint`.execute(db);
}

/** Forgets everything gathered and gathers it again from the first line of the log. */
export async function rebuildFigures(tx: Tx): Promise<void> {
  await sql`delete from contact_fact`.execute(tx.db);
  await sql`delete from commitment_fact`.execute(tx.db);
  await sql`update figures_place set xid = '0', seq = 0`.execute(tx.db);
  await gatherFigures(tx);
}
