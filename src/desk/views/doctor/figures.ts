import { sql } from 'kysely';
import type { Estimate } from '../../../core/continuity/interval.ts';
import { newestFigures } from '../../figures/publish.ts';
import type { Check, Examined } from './finding.ts';
import { finding, rowsCheck } from './rows.ts';

/** An exchange with a person, as the log has it. */
const exchanges = sql`
  select at, customer_id, coalesce((facts ->> 'heardBy')::uuid, advisor_id) as who, (facts ->> 'ownAdvisorId')::uuid as own_id,
    (facts ->> 'named')::boolean as named, xid, seq
  from event where type in ('interaction.sent', 'interaction.received', 'call.answered') and facts ? 'ownAdvisorId'
    and coalesce(facts ->> 'heardBy', advisor_id::text) is not null and (type = 'call.answered' or not facts ? 'callId')`;

/** Invariant 7: what is published, and what it was added up from, are what the event log says. */
export const figureChecks: readonly Check[] = [
  rowsCheck(
    'figuresGathered',
    () => sql`select coalesce(logged.seq, gathered.seq) as id
      from (select * from (${exchanges}) as exchange where (xid, seq) <= (select xid, seq from figures_place)) as logged
      full join contact_fact gathered on gathered.seq = logged.seq
      where (logged.at, logged.customer_id, logged.who, logged.who = logged.own_id, logged.named)
        is distinct from (gathered.at, gathered.customer_id, gathered.advisor_id, gathered.own, gathered.named)`,
  ),
  { name: 'figuresPublished', run: ({ db }) => notAsPublished(db) },
];

async function notAsPublished(db: Examined['db']) {
  const published = await newestFigures(db);
  const total = published?.figures.total;
  if (!published || !total) return undefined;
  const { since, until } = published.figures;
  const { rows } = await sql<{ contacts: number; customers: number; own: number; named: number }>`
    select count(*)::int as contacts, count(distinct customer_id)::int as customers,
      (count(*) filter (where who = own_id))::int as own, (count(*) filter (where named))::int as named
    from (${exchanges}) as exchange where at >= ${since}::timestamptz and at < ${until}::timestamptz`.execute(db);
  const [log] = rows;
  // Too few to be shown have no values, and nothing to compare.
  if (!log || total.contacts === null) return undefined;
  const share = (told: Estimate | null, count: number) =>
    told !== null && Math.abs(told.value - count / log.contacts) > 1e-9;
  const wrong = [
    ...(total.contacts === log.contacts ? [] : ['contacts']),
    ...(total.customers === log.customers ? [] : ['customers']),
    ...(share(total.own, log.own) ? ['own'] : []),
    ...(share(total.named, log.named) ? ['named'] : []),
  ];
  return finding(
    'figuresPublished',
    wrong.map((name) => `${until.slice(0, 10)} ${name}`),
  );
}
