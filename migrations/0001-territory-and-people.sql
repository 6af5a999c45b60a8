-- Who serves whom, and where. Reference tables (territory, offices, advisors) stay small; everything that grows carries
-- customer_id, so that a national operator can distribute it.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- unaccent() reads a dictionary and is therefore only "stable"; ours never changes, so an index may use it.
create function search_text(value text) returns text language sql immutable strict parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, value));

-- How a commune's name is compared: "St-Claude", "SAINT CLAUDE" and "Saint-Claude" are the same.
create function commune_key(value text) returns text language sql immutable strict parallel safe
  return trim(regexp_replace(regexp_replace(regexp_replace(search_text(value), '[-''’./ ]+', ' ', 'g'), '\mst\M', 'saint', 'g'), '\mste\M', 'sainte', 'g'));

-- One row: the operator, as people see it.
create table operator (
  only_row boolean primary key default true check (only_row),
  name text not null,
  phone text not null check (phone ~ '^\+[1-9][0-9]{3,14}$'),
  mail_domain text not null,
  contact_mail text not null,
  accent text not null default '#1d4e5f' check (accent ~ '^#[0-9a-f]{6}$'),
  time_zone text not null default 'Europe/Paris',
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  policy jsonb not null default '{}',
  demo boolean not null default false,
  changed_at timestamptz not null default now()
);

-- One row: what this installation made for itself at its first start.
create table installation (
  only_row boolean primary key default true check (only_row),
  signing_key bytea not null check (length(signing_key) >= 32),
  installed_at timestamptz not null default now()
);

create table commune (
  insee text primary key,
  name text not null,
  search_name text not null,
  postcodes text[] not null,
  population int not null,
  epci_code text,
  epci_name text,
  arrondissement text,
  departement_code text not null,
  departement_name text not null
);
create index commune_search on commune (search_name text_pattern_ops);
create index commune_postcodes on commune using gin (postcodes);
-- Which edition of the municipalities is loaded.
create table territory_edition (edition text primary key, loaded_at timestamptz not null default now());

create table office (
  id uuid primary key,
  name text not null,
  commune_insee text not null references commune,
  street text not null,
  postcode text not null,
  phone text,
  -- Region of the public holidays, in the words of date-holidays: FR, FR.57 (Moselle), FR.RE …
  holiday_region text not null default 'FR',
  opening_hours jsonb not null,
  demo boolean not null default false
);

create table pod (
  id uuid primary key,
  office_id uuid not null references office,
  name text not null,
  demo boolean not null default false
);

create table advisor (
  id uuid primary key,
  pod_id uuid not null references pod,
  given_name text not null check (given_name <> ''),
  family_name text not null check (family_name <> ''),
  shown_as text not null default 'full' check (shown_as in ('full', 'first')),
  phone text not null check (phone ~ '^\+[1-9][0-9]{3,14}$'),
  mail text not null,
  languages text[] not null default '{fr}',
  working_hours jsonb not null,
  photo bytea,
  share numeric(3, 2) not null default 1 check (share > 0 and share <= 1),
  joined_at timestamptz not null default now(),
  left_at timestamptz,
  demo boolean not null default false
);
create unique index advisor_mail on advisor (lower(mail));
create index advisor_pod on advisor (pod_id);

create table backup (
  advisor_id uuid not null references advisor on delete cascade,
  rank int not null check (rank >= 1),
  backup_advisor_id uuid not null references advisor,
  primary key (advisor_id, rank),
  unique (advisor_id, backup_advisor_id),
  check (advisor_id <> backup_advisor_id)
);

-- Invariant 1: every advisor has two ranked backups, one in an operator of two, none only while alone.
create function check_backups() returns trigger language plpgsql as $$
declare
  whom uuid;
  others int;
  named int;
begin
  if tg_table_name = 'advisor' then whom := new.id; elsif tg_op = 'DELETE' then whom := old.advisor_id; else whom := new.advisor_id; end if;
  if not exists (select 1 from advisor where id = whom and left_at is null) then return null; end if;
  select count(*) into others from advisor where left_at is null and id <> whom;
  select count(*) into named from backup b join advisor a on a.id = b.backup_advisor_id and a.left_at is null where b.advisor_id = whom;
  if named < least(2, others) then
    raise exception 'advisor % has % of % ranked backups', whom, named, least(2, others) using errcode = 'check_violation', constraint = 'advisor_has_backups';
  end if;
  return null;
end $$;
create constraint trigger advisor_has_backups after insert or update of left_at on advisor
  deferrable initially deferred for each row execute function check_backups();
create constraint trigger backup_leaves_enough after update or delete on backup
  deferrable initially deferred for each row execute function check_backups();

-- The unit of caseloads: a whole commune, or a sector of a large one. New customers of the area go to its advisor.
create table area (
  id uuid primary key,
  commune_insee text not null references commune,
  sector text,
  office_id uuid not null references office,
  advisor_id uuid not null references advisor,
  demo boolean not null default false
);
create unique index area_once on area (commune_insee, coalesce(sector, ''));
create index area_advisor on area (advisor_id);

create table absence (
  id uuid primary key,
  advisor_id uuid not null references advisor,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Null: the ranked backups, in their order.
  cover_advisor_id uuid references advisor,
  handover text not null default '',
  entered_at timestamptz not null,
  entered_by uuid,
  ended_early_at timestamptz,
  check (starts_at < ends_at),
  check (cover_advisor_id <> advisor_id),
  exclude using gist (advisor_id with =, tstzrange(starts_at, ends_at) with &&) where (ended_early_at is null)
);
create index absence_when on absence (ends_at) where ended_early_at is null;

create table customer (
  id uuid primary key,
  kind text not null check (kind in ('household', 'business', 'town_hall')),
  name text not null check (name <> ''),
  reference text not null unique,
  area_id uuid not null references area,
  advisor_id uuid not null references advisor,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  ring_back text not null default 'ask' check (ring_back in ('ask', 'always', 'never')),
  created_at timestamptz not null,
  erased_at timestamptz,
  demo boolean not null default false
);
create index customer_advisor on customer (advisor_id, id);
create index customer_area on customer (area_id);
create index customer_name on customer using gin (search_text(name) gin_trgm_ops);

-- Who was in charge when: written by the trigger below and by nothing else, so that it has no gap and no overlap.
create table tenure (
  customer_id uuid not null references customer on delete cascade,
  advisor_id uuid not null references advisor,
  since timestamptz not null,
  until timestamptz,
  primary key (customer_id, since),
  check (until is null or until > since),
  exclude using gist (customer_id with =, tstzrange(since, until) with &&)
);
create unique index tenure_now on tenure (customer_id) where until is null;
create index tenure_advisor on tenure (advisor_id);

create function record_tenure() returns trigger language plpgsql as $$
declare
  at timestamptz := clock_timestamp();
begin
  perform set_config('visavis.tenure', 'trigger', true);
  if tg_op = 'INSERT' then
    insert into tenure (customer_id, advisor_id, since) values (new.id, new.advisor_id, new.created_at);
  else
    update tenure set until = greatest(at, since + interval '1 microsecond') where customer_id = new.id and until is null returning until into at;
    insert into tenure (customer_id, advisor_id, since) values (new.id, new.advisor_id, at);
  end if;
  perform set_config('visavis.tenure', '', true);
  return null;
end $$;
create trigger customer_gets_tenure after insert on customer for each row execute function record_tenure();
create trigger customer_changes_tenure after update of advisor_id on customer for each row
  when (old.advisor_id is distinct from new.advisor_id) execute function record_tenure();

-- Nobody else touches the record of who was in charge; erasing a customer cascades.
create function guard_tenure() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('visavis.tenure', true), '') = 'trigger' then return coalesce(new, old); end if;
  if tg_op = 'DELETE' and not exists (select 1 from customer where id = old.customer_id) then return old; end if;
  raise exception 'tenure follows customer.advisor_id; change that instead' using errcode = 'check_violation', constraint = 'tenure_is_recorded';
end $$;
create trigger tenure_is_recorded before insert or update or delete on tenure for each row execute function guard_tenure();

create table person (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  given_name text not null default '',
  family_name text not null,
  role text
);
create index person_customer on person (customer_id);
create index person_name on person using gin (search_text(given_name || ' ' || family_name) gin_trgm_ops);

create table contact_point (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  person_id uuid references person on delete set null,
  kind text not null check (kind in ('phone', 'mail', 'postal')),
  -- E.164, a mail address in lower case, or a postal address with line feeds.
  value text not null,
  failing_since timestamptz,
  failing_why text,
  check (kind <> 'phone' or value ~ '^\+[1-9][0-9]{3,14}$'),
  check (kind <> 'mail' or (value = lower(value) and value like '%_@_%')),
  unique (customer_id, kind, value)
);
-- Erasing a customer follows every reference; each needs an index, here and in 0002.
create index contact_point_person on contact_point (person_id) where person_id is not null;
create index contact_point_value on contact_point (kind, value text_pattern_ops) include (customer_id) where kind <> 'postal';

create table service_level (
  code text primary key,
  name_fr text not null,
  name_en text not null,
  -- Working minutes until an answer is owed.
  answer_within_minutes int not null check (answer_within_minutes > 0)
);
insert into service_level values
  ('standard', 'Standard', 'Standard', 480),
  ('pro', 'Professionnel', 'Professional', 240),
  ('critical', 'Critique', 'Critical', 60);

create table line (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  reference text not null unique,
  product text not null,
  service_level text not null default 'standard' references service_level
);
create index line_customer on line (customer_id);
create index line_reference on line (reference text_pattern_ops);

-- Staff who sign in. An advisor who signs in has a row here too.
create table staff (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  role text not null check (role in ('advisor', 'lead', 'moderator', 'administrator')),
  advisor_id uuid unique references advisor,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  left_at timestamptz,
  demo boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
alter table absence add foreign key (entered_by) references staff;

-- Every process keeps the roster (advisors, backups, offices, absences) in memory and reads it again when this number
-- has changed. A sequence gives numbers that no rolled-back transaction can hand out twice.
create sequence roster_number;
create table roster (only_row boolean primary key default true check (only_row), version bigint not null);
insert into roster (version) values (nextval('roster_number'));
create function change_roster() returns trigger language plpgsql as $$
begin
  update roster set version = nextval('roster_number');
  return null;
end $$;
create trigger roster_changes after insert or update or delete on advisor for each statement execute function change_roster();
create trigger roster_changes after insert or update or delete on backup for each statement execute function change_roster();
create trigger roster_changes after insert or update or delete on pod for each statement execute function change_roster();
create trigger roster_changes after insert or update or delete on office for each statement execute function change_roster();
create trigger roster_changes after insert or update or delete on absence for each statement execute function change_roster();
create trigger roster_changes after insert or update or delete on staff for each statement execute function change_roster();
create trigger roster_changes after insert or update or delete on operator for each statement execute function change_roster();
