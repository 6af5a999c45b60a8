-- What people said to each other, what is to be solved, and what we owe by when.

create table blob (
  sha256 bytea primary key check (length(sha256) = 32),
  bytes bytea not null,
  size int not null generated always as (length(bytes)) stored,
  stored_at timestamptz not null default now()
);
alter table advisor add foreign key (photo) references blob;

create table case_file (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  subject text not null,
  line_id uuid references line on delete set null,
  owner_id uuid not null references advisor,
  opened_at timestamptz not null,
  -- First interaction of the customer that nobody has answered yet.
  unanswered_since timestamptz,
  last_at timestamptz not null,
  third_party text,
  third_party_since timestamptz,
  closed_at timestamptz,
  closed_by uuid references staff,
  closing_words text,
  check ((closed_at is null) = (closing_words is null)),
  check ((third_party is null) = (third_party_since is null))
);
create index case_file_owner on case_file (owner_id) where closed_at is null;
create index case_file_line on case_file (line_id) where line_id is not null;
create index case_file_customer on case_file (customer_id, last_at desc);

-- Every owner a case file ever had, and why it passed on.
create table ownership (
  id uuid primary key,
  customer_id uuid not null,
  case_file_id uuid not null references case_file on delete cascade,
  owner_id uuid not null references advisor,
  at timestamptz not null,
  reason text not null check (reason in ('own', 'absence', 'return', 'handover', 'escalation', 'departure')),
  absence_id uuid references absence,
  by_staff uuid references staff,
  summary text
);
create index ownership_case_file on ownership (case_file_id, at);
create index ownership_absence on ownership (absence_id) where absence_id is not null;

create table commitment (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  case_file_id uuid not null references case_file on delete cascade,
  kind text not null check (kind in ('answer', 'callback', 'nextNews', 'visit')),
  owner_id uuid not null references advisor,
  words text not null default '',
  made_at timestamptz not null,
  made_by uuid references staff,
  due_at timestamptz not null,
  -- When the owner is reminded; null once done.
  remind_at timestamptz,
  -- How often the matter was passed on because a commitment broke: 0 own advisor, 1 backup, 2 lead.
  escalation int not null default 0 check (escalation between 0 and 2),
  replaces_id uuid references commitment on delete set null,
  kept_at timestamptz,
  kept_by uuid references staff,
  broken_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by uuid references staff,
  withdrawn_words text,
  check (num_nonnulls(kept_at, broken_at, withdrawn_at) <= 1),
  check ((withdrawn_at is null) = (withdrawn_words is null))
);
create index commitment_open on commitment (case_file_id) where kept_at is null and broken_at is null and withdrawn_at is null;
create index commitment_case_file on commitment (case_file_id);
create index commitment_replaces on commitment (replaces_id) where replaces_id is not null;
create index commitment_due on commitment (due_at) where kept_at is null and broken_at is null and withdrawn_at is null;
create index commitment_remind on commitment (remind_at) where remind_at is not null and kept_at is null and broken_at is null and withdrawn_at is null;
create index commitment_owner on commitment (owner_id, due_at) where kept_at is null and broken_at is null and withdrawn_at is null;
create index commitment_customer on commitment (customer_id, made_at desc);

-- Invariant 3: every open case file has at least one open commitment (its owner is "not null").
create function check_case_file_commitment() returns trigger language plpgsql as $$
declare
  which uuid;
begin
  if tg_table_name = 'case_file' then which := new.id; elsif tg_op = 'DELETE' then which := old.case_file_id; else which := new.case_file_id; end if;
  if exists (select 1 from case_file where id = which and closed_at is null)
     and not exists (select 1 from commitment where case_file_id = which and kept_at is null and broken_at is null and withdrawn_at is null) then
    raise exception 'open case file % has no open commitment', which using errcode = 'check_violation', constraint = 'case_file_has_commitment';
  end if;
  return null;
end $$;
create constraint trigger case_file_has_commitment after insert or update of closed_at on case_file
  deferrable initially deferred for each row execute function check_case_file_commitment();
create constraint trigger commitment_leaves_one after update of kept_at, broken_at, withdrawn_at, case_file_id or delete on commitment
  deferrable initially deferred for each row execute function check_case_file_commitment();

-- One exchange on one channel, on exactly one customer's timeline.
create table interaction (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  case_file_id uuid not null references case_file on delete cascade,
  channel text not null check (channel in ('call', 'mail', 'sms', 'message', 'visit', 'letter', 'comment')),
  direction text not null check (direction in ('in', 'out')),
  at timestamptz not null,
  -- Who of the staff wrote, or entered it for the customer.
  by_staff uuid references staff,
  by_advisor uuid references advisor,
  person_id uuid references person on delete set null,
  -- Address or number it came from or went to, as shown.
  party text not null default '',
  subject text not null default '',
  text text not null,
  html text,
  message_id text,
  content_hash bytea,
  -- Why a sender could not be proven, or why it is filed beside another conversation.
  caution text,
  search tsvector generated always as (to_tsvector('simple', search_text(left(subject || ' ' || text, 100000)))) stored
);
create index interaction_customer on interaction (customer_id, at desc, id desc);
create index interaction_case_file on interaction (case_file_id, at);
create index interaction_person on interaction (person_id) where person_id is not null;
create index interaction_search on interaction using gin (search);
create index interaction_message_id on interaction (message_id) where message_id is not null;
create unique index interaction_content on interaction (content_hash, (coalesce(message_id, ''))) where content_hash is not null;

create table attachment (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  interaction_id uuid not null references interaction on delete cascade,
  position int not null,
  filename text not null,
  content_type text not null,
  content_id text,
  sha256 bytea not null references blob
);
create index attachment_interaction on attachment (interaction_id);

-- What only the staff sees; a table of its own, so that no query for customers can ever show it.
create table note (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  case_file_id uuid references case_file on delete cascade,
  at timestamptz not null,
  -- Null: Visavis itself tells the staff (a bounce, a mail that could not leave).
  by_staff uuid references staff,
  text text not null check (text <> '')
);
create index note_case_file on note (case_file_id) where case_file_id is not null;
create index note_customer on note (customer_id, at desc);

create table draft (
  staff_id uuid not null references staff,
  case_file_id uuid not null references case_file on delete cascade,
  customer_id uuid not null references customer on delete cascade,
  kind text not null check (kind in ('reply', 'note')),
  text text not null,
  saved_at timestamptz not null,
  primary key (staff_id, case_file_id, kind)
);

-- Every decision of the router with what it knew: a routed item can always say "why you".
create table decision (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  interaction_id uuid references interaction on delete cascade,
  at timestamptz not null,
  policy_version text not null,
  situation jsonb not null,
  decision jsonb not null
);
create index decision_interaction on decision (interaction_id);

-- The "to sort by hand" tray: accepted, stored, and not yet on anybody's timeline.
create table tray_item (
  id uuid primary key,
  channel text not null,
  at timestamptz not null,
  party text not null default '',
  from_mail text,
  from_phone text,
  subject text not null default '',
  text text not null default '',
  html text,
  message_id text,
  content_hash bytea,
  raw_sha256 bytea references blob,
  reason text not null check (reason in ('unknown_sender', 'several_customers', 'unreadable')),
  -- Ids of customers it may belong to, likeliest first.
  suggestions uuid[] not null default '{}',
  duty_owner_id uuid not null references advisor,
  due_at timestamptz not null,
  sorted_at timestamptz,
  sorted_by uuid references staff,
  interaction_id uuid references interaction on delete set null,
  set_aside_why text,
  check (sorted_at is not null or (interaction_id is null and set_aside_why is null))
);
create index tray_item_open on tray_item (due_at) where sorted_at is null;
create unique index tray_item_content on tray_item (content_hash, (coalesce(message_id, ''))) where content_hash is not null;
create index tray_item_interaction on tray_item (interaction_id) where interaction_id is not null;
create index tray_item_message_id on tray_item (message_id) where message_id is not null;

create table tray_attachment (
  tray_item_id uuid not null references tray_item on delete cascade,
  position int not null,
  filename text not null,
  content_type text not null,
  content_id text,
  sha256 bytea not null references blob,
  primary key (tray_item_id, position)
);
