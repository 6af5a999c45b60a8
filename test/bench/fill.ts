import type pg from 'pg';
import { officeHours } from '../world.ts';
import { phrases } from './words.ts';

export interface Size {
  customers: number;
  interactions: number;
}

const ADVISORS = 100;
const PER_CASE_FILE = 4;
/** Numbers reserved for fiction: six ranges of ten thousand. */
const PHONES = ['+3319900', '+3326191', '+3335301', '+3346571', '+3353649', '+3363998'];

/**
 * Fills a migrated, empty database with an operator, its customers and years of conversations, as the product itself
 * would have left them. Triggers are off while rows are written in bulk, so what they would have written is written here.
 */
export async function fill(client: pg.Client, size: Size, say: (words: string) => void): Promise<void> {
  const gin = await client.query<{ def: string }>("select pg_get_indexdef('interaction_search'::regclass) as def");
  await client.query(
    "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '128MB'",
  );
  say('staff');
  await placeStaff(client, ADVISORS);
  await client.query(areas);
  say('customers');
  await client.query(people, [size.customers, PHONES]);
  await client.query(contacts);
  say('case files');
  await client.query(caseFiles, [Math.ceil(size.interactions / PER_CASE_FILE), size.customers]);
  await client.query(conversations);
  await client.query('drop index interaction_search');
  say('interactions');
  await client.query(
    'create unlogged table bench_phrase as select n::int, text from unnest($1::text[]) with ordinality as t(text, n)',
    [phrases(20_000)],
  );
  await client.query(interactions, [PER_CASE_FILE]);
  say('search index');
  await client.query(gin.rows[0]?.def ?? '');
  say('events');
  await client.query(events);
  await client.query(
    'set session_replication_role = origin; drop table bench_phrase, bench_case; reset synchronous_commit',
  );
  await client.query("update roster set version = nextval('roster_number')");
  say('vacuum');
  await client.query('vacuum analyze');
  await client.query('checkpoint');
}

/** An operator, ten offices, twenty pods and so many advisors, each with two backups. */
export async function placeStaff(client: pg.Client, advisors: number): Promise<void> {
  await client.query(staff, [JSON.stringify(officeHours), advisors]);
  await client.query(backups);
}

const staff = `
  with operator_row as (
    insert into operator (name, phone, mail_domain, contact_mail) values ('Régie du banc', '+33353010000', 'banc.example.org', 'contact@banc.example.org')
  ), offices as (
    insert into office (id, name, commune_insee, street, postcode, opening_hours)
      select uuidv7(), 'Bureau ' || n, '39478', n || ' rue du Pré', '39200', $1::jsonb from generate_series(1, 10) n returning id
  ), pods as (
    insert into pod (id, office_id, name)
      select uuidv7(), id, 'Équipe ' || n from offices, generate_series(1, 2) n returning id
  ), placed as (select id, row_number() over () - 1 as n from pods)
  insert into advisor (id, pod_id, given_name, family_name, phone, mail, working_hours, joined_at)
    select uuidv7(), placed.id, 'Ana', 'Banc' || each.n, '+3335301' || lpad(each.n::text, 4, '0'), 'advisor' || each.n || '@banc.example.org', $1::jsonb, now() - interval '4 years'
    from generate_series(1, $2::int) as each(n) join placed on placed.n = each.n % 20`;

const backups = `
  insert into backup (advisor_id, rank, backup_advisor_id)
    select a.id, rank, b.id from (select id, row_number() over (order by id) - 1 as n, count(*) over () as total from advisor) a
    cross join generate_series(1, 2) rank
    join (select id, row_number() over (order by id) - 1 as n from advisor) b on b.n = (a.n + rank) % a.total`;

const areas = `
  with communes as (select insee, row_number() over (order by insee) as n from commune where departement_code in ('25', '39')),
  advisors as (select id, row_number() over (order by id) as n, count(*) over () as total from advisor)
  insert into area (id, commune_insee, office_id, advisor_id)
    select uuidv7(), communes.insee, pod.office_id, advisors.id from communes
    join advisors on advisors.n = 1 + communes.n % advisors.total
    join advisor on advisor.id = advisors.id join pod on pod.id = advisor.pod_id`;

const people = `
  with areas as (select id, advisor_id, row_number() over (order by id) - 1 as n, count(*) over () as total from area),
  made as (
    insert into customer (id, kind, name, reference, area_id, advisor_id, created_at)
      select uuidv7(), case when each.n % 150 = 0 then 'town_hall' when each.n % 9 = 0 then 'business' else 'household' end,
        'Famille ' || (array['Perrin','Cattin','Vuillemin','Marandet','Jacquot','Bouveret','Girod','Tissot','Monnier','Roussel'])[1 + each.n % 10] || ' ' || translate(each.n::text, '0123456789', 'aeioubdlrt'),
        'V' || each.n, areas.id, areas.advisor_id, now() - interval '3 years'
      from generate_series(1, $1::int) as each(n) join areas on areas.n = each.n % areas.total
      returning id, advisor_id, reference, created_at, name
  ), tenures as (insert into tenure (customer_id, advisor_id, since) select id, advisor_id, created_at from made),
  persons as (insert into person (id, customer_id, given_name, family_name) select uuidv7(), id, 'Claude', substr(name, 9) from made),
  mails as (insert into contact_point (id, customer_id, kind, value) select uuidv7(), id, 'mail', 'customer' || substr(reference, 2) || '@example.org' from made),
  lines as (insert into line (id, customer_id, reference, product) select uuidv7(), id, 'L' || lpad(substr(reference, 2), 8, '0'), 'Fibre' from made)
  insert into contact_point (id, customer_id, kind, value)
    select uuidv7(), id, 'phone', ($2::text[])[1 + substr(reference, 2)::int / 10000] || lpad((substr(reference, 2)::int % 10000)::text, 4, '0')
    from made where substr(reference, 2)::int < 60000`;

const contacts = 'analyze customer, contact_point, person, line, tenure';

const caseFiles = `
  create unlogged table bench_case as
    select n, uuidv7() as id, customer.id as customer_id, customer.advisor_id, customer.reference,
      now() - interval '2 hours' - interval '2 years' * (1 - n::float8 / $1) as opened_at, n <= $1 * 0.97 as closed
    from generate_series(1, $1::int) n
    join customer on customer.reference = 'V' || (1 + (n::bigint * 7919) % $2::int)`;

const conversations = `
  insert into case_file (id, customer_id, subject, owner_id, opened_at, unanswered_since, last_at, closed_at, closing_words)
    select id, customer_id, 'Ligne coupée ' || n, advisor_id, opened_at, case when not closed then opened_at + interval '30 minutes' end, opened_at + interval '30 minutes',
      case when closed then opened_at + interval '2 hours' end, case when closed then 'Réparé.' end from bench_case;
  insert into ownership (id, customer_id, case_file_id, owner_id, at, reason)
    select uuidv7(), customer_id, id, advisor_id, opened_at, 'own' from bench_case;
  insert into commitment (id, customer_id, case_file_id, kind, owner_id, made_at, due_at, kept_at)
    select uuidv7(), customer_id, id, 'answer', advisor_id, opened_at, case when closed then opened_at + interval '8 hours' else now() + interval '1 day' + random() * interval '4 days' end,
      case when closed then opened_at + interval '1 hour' end from bench_case`;

const interactions = `
  insert into interaction (id, customer_id, case_file_id, channel, direction, at, by_advisor, party, subject, text, message_id, content_hash)
    select uuidv7(), c.customer_id, c.id, case when i < 2 then 'mail' else (array['call','sms','message','visit','letter'])[1 + c.n % 5] end,
      case when i % 2 = 0 then 'in' else 'out' end, c.opened_at + i * interval '10 minutes', case when i % 2 = 1 then c.advisor_id end,
      'customer' || substr(c.reference, 2) || '@example.org', 'Ligne coupée ' || c.n, a.text || ' ' || b.text,
      case when i < 2 then c.n || '.' || i || '@example.org' end, case when i < 2 then sha256((c.n || '.' || i)::bytea) end
    from bench_case c cross join generate_series(0, $1::int - 1) i
    join bench_phrase a on a.n = 1 + (c.n::bigint * 13 + i * 7001) % 20000
    join bench_phrase b on b.n = 1 + (c.n::bigint * 31 + i * 911) / 3 % 20000`;

const events = `
  insert into event (xid, at, type, customer_id, advisor_id, case_file_id, facts)
    select '3'::xid8, at, 'interaction.received', i.customer_id, f.owner_id, f.id, jsonb_build_object('interactionId', i.id, 'channel', channel, 'own', true)
    from interaction i join case_file f on f.id = i.case_file_id where direction = 'in'`;
