-- What the staff workspace keeps: actions that can still be undone, who looks where, and how each person likes to work.

-- An action of the staff waits here for a few seconds before it happens, so that undoing it is exact: nothing has left
-- yet, no promise was kept, no figure was counted. Stored before it is acknowledged; carried out once, by a job.
create table held_action (
  id uuid primary key,
  staff_id uuid not null references staff,
  customer_id uuid references customer on delete cascade,
  case_file_id uuid references case_file on delete cascade,
  tray_item_id uuid references tray_item on delete cascade,
  kind text not null,
  -- Emptied once it was carried out or undone; kept when refused, so that no word of it is lost.
  input jsonb not null,
  made_at timestamptz not null,
  runs_at timestamptz not null,
  done_at timestamptz,
  undone_at timestamptz,
  refused_at timestamptz,
  refusal text,
  refusal_seen_at timestamptz,
  check (num_nonnulls(done_at, undone_at, refused_at) <= 1),
  check ((refused_at is null) = (refusal is null))
);
create index held_action_waiting on held_action (staff_id) where done_at is null and undone_at is null and refusal_seen_at is null;
create index held_action_case_file on held_action (case_file_id) where done_at is null and undone_at is null and refused_at is null;

-- Who has a customer's page open. Worth nothing after a crash, hence not logged.
create unlogged table presence (
  staff_id uuid not null references staff,
  customer_id uuid not null references customer on delete cascade,
  doing text not null check (doing in ('looks', 'writes')),
  at timestamptz not null,
  primary key (customer_id, staff_id)
);

create table staff_preference (
  staff_id uuid primary key references staff,
  letter_keys boolean not null default true
);
