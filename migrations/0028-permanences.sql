-- When an advisor sits in a town hall. One row a date; what is entered together shares a series.
create table permanence (
  id uuid primary key,
  series_id uuid not null,
  advisor_id uuid not null references advisor,
  commune_insee text not null references commune,
  place text not null check (place <> ''),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- Counts the changes, as calendars want to know (RFC 5545).
  sequence int not null default 0,
  entered_at timestamptz not null,
  entered_by uuid references staff on delete set null,
  cancelled_at timestamptz,
  cancelled_by uuid references staff on delete set null,
  why text,
  demo boolean not null default false
);
create index permanence_commune on permanence (commune_insee, starts_at);
create index permanence_advisor on permanence (advisor_id, starts_at);
create index permanence_series on permanence (series_id);
-- Nobody can sit in two places at once.
create unique index permanence_once on permanence (advisor_id, starts_at) where cancelled_at is null;
