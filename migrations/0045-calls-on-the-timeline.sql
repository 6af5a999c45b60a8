-- Calls on the timeline, outgoing calls, other telephone systems, and what calls say about who is free.

alter table call
  add column direction text not null default 'in' check (direction in ('in', 'out')),
  -- Which phone system told us: 'kamailio', 'workspace', or the name of a call source.
  add column source text not null default 'kamailio',
  -- The number called, of an outgoing call.
  add column to_phone text,
  -- Its one line on the timeline, or its item in the tray.
  add column interaction_id uuid references interaction on delete set null,
  add column tray_item_id uuid references tray_item on delete set null,
  -- The promised callback this call is.
  add column commitment_id uuid references commitment on delete set null,
  -- Who dialled, of an outgoing call.
  add column placed_by uuid references advisor,
  -- Who of the staff said who was calling.
  add column named_by uuid references staff,
  -- The advisor said that they have written it up.
  add column wrapped_at timestamptz,
  -- The number of someone unknown was deleted.
  add column forgotten_at timestamptz;
create unique index call_interaction on call (interaction_id) where interaction_id is not null;
create index call_tray_item on call (tray_item_id) where tray_item_id is not null;
create index call_commitment on call (commitment_id) where commitment_id is not null;
create index call_placed_by on call (placed_by) where placed_by is not null;
create index call_named_by on call (named_by) where named_by is not null;
create index call_invited_at on call (invited_at);
create index call_waits on call (invited_at) where answered_at is null and missed_at is null;
create index call_ended_at on call (ended_at) where ended_at is not null;
create index call_unknown on call (invited_at) where customer_id is null and from_phone is not null;

-- Whose phone rang for a call, and when.
create table call_attempt (
  call_id text not null references call on delete cascade,
  attempt int not null,
  advisor_id uuid not null references advisor,
  rang_at timestamptz not null,
  primary key (call_id, attempt)
);
create index call_attempt_advisor on call_attempt (advisor_id, rang_at);

-- An advisor who is not to be rung for now, from one key.
create table advisor_pause (
  advisor_id uuid primary key references advisor,
  since timestamptz not null
);

-- What another phone system calls an advisor's phone.
create table advisor_extension (
  extension text primary key check (extension ~ '^[0-9A-Za-z*#_.-]{1,40}$'),
  advisor_id uuid not null references advisor
);
create index advisor_extension_advisor on advisor_extension (advisor_id);

-- Another phone system that may report calls. Its secret is derived from the installation's key, and kept nowhere.
create table call_source (
  name text primary key check (name ~ '^[a-z0-9-]{1,40}$'),
  made_at timestamptz not null,
  ended_at timestamptz
);

-- Reports already taken: the same one again changes nothing.
create table call_report (
  source text not null,
  event_id text not null,
  call_id text not null,
  received_at timestamptz not null,
  primary key (source, event_id)
);
create index call_report_received on call_report (received_at);

-- Missed calls up to here were seen.
alter table staff_preference add column calls_seen_at timestamptz;
