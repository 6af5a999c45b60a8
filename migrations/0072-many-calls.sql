-- Read for every call: the earliest callbacks each advisor owes, among thousands of other promises.
create index commitment_callbacks on commitment (owner_id, due_at)
  where kind = 'callback' and kept_at is null and broken_at is null and withdrawn_at is null;

-- What everyone did at one moment, read once for all the calls that came then and kept once. `call.situation` then holds
-- only what differs from it; without one, the whole of it.
create table house_state (
  id uuid primary key,
  at timestamptz not null,
  state jsonb not null
);
alter table call add column house_state_id uuid references house_state;
create index call_house_state on call (house_state_id) where house_state_id is not null;
