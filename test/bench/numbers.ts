import pg from 'pg';
import { bearer, type Client, httpClient } from './http.ts';
import { type Measured, measure } from './measure.ts';

/** One size of the register, and how the same look-up does at it. */
export interface LookUp {
  numbers: number;
  routed: Measured;
  /** What PostgreSQL reads for one look-up: names of the indexes, and 8 kB pages. */
  indexes: string[];
  pages: number;
}

const BATCH = 500_000;

/**
 * Brings the register to so many customers, each with a number. The numbers begin with 087, which no operator has been
 * given since 2009. Only what a look-up reads is written: customer and contact point. Indexes are made again afterwards, all
 * but that of names: in one transaction, so that a run that is cut off leaves none missing.
 */
export async function addNumbers(databaseUrl: string, upTo: number, say: (words: string) => void): Promise<void> {
  const client = await connect(databaseUrl);
  try {
    await client.query(
      "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB'; drop index if exists customer_name",
    );
    let there = await countOf(client);
    if (there >= upTo) return;
    await client.query('begin');
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(SECONDARY_INDEXES);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    while (there < upTo) {
      const more = Math.min(BATCH, upTo - there);
      await client.query(rows, [there + 1, there + more]);
      there += more;
      say(`${there.toLocaleString('en')} numbers`);
    }
    for (const { name, definition } of indexes) {
      say(`index ${name}`);
      await client.query(definition);
    }
    await client.query('commit');
    await client.query('vacuum analyze customer, contact_point');
  } finally {
    await client.end();
  }
}

/** Those no constraint rests on. */
const SECONDARY_INDEXES = `
  select indexname as name, indexdef as definition from pg_indexes
  where tablename in ('customer', 'contact_point')
    and indexname not in (select conindid::regclass::text from pg_constraint where conindid <> 0)`;

/** Decisions for calls from numbers all over the register, through the API, and what one of them reads. */
export async function lookUps(
  productUrl: string,
  token: string,
  databaseUrl: string,
  numbers: number,
  seconds: number,
): Promise<LookUp> {
  const client = httpClient(productUrl, bearer(token));
  await routes(client, numbers, 2);
  const routed = await routes(client, numbers, seconds);
  client.close();
  return { numbers, routed, ...(await readsOf(databaseUrl, numbers)) };
}

function routes(client: Client, numbers: number, seconds: number): Promise<Measured> {
  return measure(2, seconds, async (worker, turn) => {
    const phone = numberOf(1 + (((turn * 2 + worker) * 7_919) % numbers));
    const { status, body } = await client.post('/api/v1/route', { channel: 'call', from: phone });
    if (status !== 200 || !body.includes('"attempts"')) throw new Error(`answered ${status}`);
  });
}

async function readsOf(databaseUrl: string, numbers: number): Promise<Pick<LookUp, 'indexes' | 'pages'>> {
  const client = await connect(databaseUrl);
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (analyze, buffers, format json) select customer.id, advisor_id from contact_point
      join customer on customer.id = customer_id where contact_point.kind = 'phone' and value = '${numberOf(numbers)}'`,
  );
  await client.end();
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (!plan) throw new Error('PostgreSQL gave no plan.');
  return { indexes: indexesOf(plan), pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] };
}

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}

/** Names of all indexes of a plan. Throws when a table is read from one end to the other. */
function indexesOf(plan: Plan): string[] {
  if (plan['Node Type'].includes('Seq Scan')) throw new Error('The look-up reads a whole table.');
  return [plan['Index Name'] ?? [], ...(plan.Plans ?? []).map(indexesOf)].flat();
}

async function countOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ there: number }>(
    "select count(*)::int as there from contact_point where kind = 'phone' and value like '+3387%'",
  );
  return rows[0]?.there ?? 0;
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}

function numberOf(n: number): string {
  return `+3387${String(n - 1).padStart(7, '0')}`;
}

const rows = `
  with areas as (select id, advisor_id, row_number() over (order by id) - 1 as n from area),
  made as (
    insert into customer (id, kind, name, reference, area_id, advisor_id, created_at)
      select uuidv7(), 'household', 'Famille ' || each.n, 'N' || each.n, areas.id, areas.advisor_id, now() - interval '1 year'
      from generate_series($1::int, $2::int) as each(n) join areas on areas.n = each.n % (select count(*) from area)
      returning id, reference
  )
  insert into contact_point (id, customer_id, kind, value)
    select uuidv7(), id, 'phone', '+3387' || lpad((substr(reference, 2)::int - 1)::text, 7, '0') from made`;
