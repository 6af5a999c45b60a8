-- Public addresses that were harvested and no longer stand on any page. Mail to them still arrives, with less trust.
create table replaced_alias (
  alias text primary key,
  advisor_id uuid not null references advisor on delete cascade,
  -- The month it was made for: "2611".
  month text not null,
  replaced_at timestamptz not null,
  replaced_by uuid references staff on delete set null,
  why text not null default ''
);
create index replaced_alias_advisor on replaced_alias (advisor_id, month);
