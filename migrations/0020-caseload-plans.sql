-- A design or repair of caseloads that a lead asked for: worked out by a job, looked at, then applied in steps, or not.
create table caseload_plan (
  id uuid primary key,
  kind text not null check (kind in ('design', 'repair')),
  -- Who leaves, and who comes.
  without_advisor_id uuid references advisor on delete cascade,
  newcomer_id uuid references advisor on delete cascade,
  asked_at timestamptz not null,
  asked_by uuid references staff on delete set null,
  state text not null check (state in ('waiting', 'working', 'ready', 'failed', 'cancelled', 'applying', 'applied', 'undoing', 'undone')),
  -- How far the work is, and when it was last seen alive.
  stage text check (stage in ('reading', 'parts', 'whole', 'measuring')),
  seen_at timestamptz,
  why_failed text,
  -- Before and after: loads, distances, floor (desk/caseloads/proposal.ts).
  proposal jsonb,
  applied_at timestamptz,
  applied_by uuid references staff on delete set null,
  -- Why, for the history; and what the new advisors read about every customer.
  why text check (why <> ''),
  handover text check (handover <> ''),
  notice_days int check (notice_days between 0 and 90),
  undo_until timestamptz,
  undone_at timestamptz,
  undone_by uuid references staff on delete set null,
  why_undone text check (why_undone <> ''),
  check ((state in ('applying', 'applied', 'undoing', 'undone')) = (applied_at is not null)),
  check ((state in ('undoing', 'undone')) = (undone_at is not null))
);
create index caseload_plan_asked on caseload_plan (asked_at desc);
create index caseload_plan_without on caseload_plan (without_advisor_id) where without_advisor_id is not null;
create index caseload_plan_newcomer on caseload_plan (newcomer_id) where newcomer_id is not null;
-- Two plans never move customers at the same time.
create unique index caseload_plan_at_work on caseload_plan ((true)) where state in ('applying', 'undoing');

-- Who changes advisor by a plan, and how far each is: introduced by the old advisor, then changed; or withdrawn.
create table caseload_move (
  plan_id uuid not null references caseload_plan on delete cascade,
  customer_id uuid not null references customer on delete cascade,
  from_advisor_id uuid not null references advisor on delete cascade,
  to_advisor_id uuid not null references advisor on delete cascade,
  step int,
  introduce_at timestamptz,
  change_at timestamptz,
  introduced_at timestamptz,
  told_by text check (told_by in ('mail')),
  changed_at timestamptz,
  -- What the old advisor adds about this customer.
  handover text check (handover <> ''),
  withdrawn_at timestamptz,
  why_withdrawn text check (why_withdrawn in ('undone', 'moved_meanwhile', 'advisor_left')),
  primary key (plan_id, customer_id),
  check (introduce_at <= change_at)
);
create index caseload_move_customer on caseload_move (customer_id);
create index caseload_move_from on caseload_move (from_advisor_id);
create index caseload_move_to on caseload_move (to_advisor_id);
create index caseload_move_due on caseload_move (change_at) where changed_at is null and withdrawn_at is null;

-- Areas whose new customers go to somebody else by a plan.
create table caseload_area_move (
  plan_id uuid not null references caseload_plan on delete cascade,
  area_id uuid not null references area on delete cascade,
  from_advisor_id uuid not null references advisor on delete cascade,
  to_advisor_id uuid not null references advisor on delete cascade,
  changed_at timestamptz,
  primary key (plan_id, area_id)
);
create index caseload_area_move_area on caseload_area_move (area_id);
create index caseload_area_move_from on caseload_area_move (from_advisor_id);
create index caseload_area_move_to on caseload_area_move (to_advisor_id);

-- Customers who stay with their advisor whatever a plan would gain.
create table caseload_pin (
  customer_id uuid primary key references customer on delete cascade,
  why text not null check (why <> ''),
  pinned_at timestamptz not null,
  pinned_by uuid references staff on delete set null
);
