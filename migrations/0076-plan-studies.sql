-- A plan of staff that is simulated by a job: what was asked, how far it is, what came out.
create table plan_study (
  id uuid primary key,
  asked_at timestamptz not null,
  asked_by uuid references staff on delete set null,
  -- Demand, numbers of advisors, hours of the day (desk/planning/study.ts).
  asked jsonb not null,
  state text not null check (state in ('waiting', 'working', 'ready', 'failed', 'cancelled')),
  done int not null default 0,
  runs int not null default 0,
  -- When the work was last seen alive.
  seen_at timestamptz,
  result jsonb,
  check ((state = 'ready') = (result is not null))
);
create index plan_study_asked on plan_study (asked_at desc);
