-- That a customer was erased, when, by whom and why: without a word of what was known of them.
create table erasure (
  id uuid primary key,
  -- The id the customer had; the event log goes on naming it, and leads nowhere.
  customer_id uuid not null unique,
  at timestamptz not null,
  by_staff uuid references staff,
  reason text not null check (reason in ('asked', 'left', 'mistake')),
  -- How many rows of what are gone.
  gone jsonb not null
);
