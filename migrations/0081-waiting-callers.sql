-- Callers who wait for somebody to become free, and what was decided each time Kamailio asked again about a call.

alter table call
  -- The caller hears since then that they wait. Null: they do not, or no more.
  add column waits_since timestamptz,
  -- For this advisor, who is finishing; null: for whoever is free first.
  add column waits_for uuid references advisor,
  -- This advisor has become free for them: what they hear ends, and that phone rings.
  add column put_through_to uuid references advisor,
  add column put_through_at timestamptz,
  add check (waits_for is null or waits_since is not null),
  add check (put_through_to is null or waits_since is not null),
  add check ((put_through_to is null) = (put_through_at is null));
create index call_waiting on call (waits_since)
  where waits_since is not null and answered_at is null and missed_at is null;
create index call_waits_for on call (waits_for) where waits_for is not null;
create index call_put_through_to on call (put_through_to) where put_through_to is not null;

-- `call` keeps what was decided at first; this, what was decided after an offer, a phone nobody answered, or a wait.
create table call_again (
  call_id text not null references call on delete cascade,
  -- The first question about a call, its INVITE, is 0.
  ask int not null check (ask > 0),
  at timestamptz not null,
  policy_version text not null,
  request jsonb not null,
  situation jsonb not null,
  -- What everyone did, for all calls decided from it; without one, the situation holds all of it.
  house_state_id uuid references house_state,
  decision jsonb not null,
  primary key (call_id, ask)
);
create index call_again_house_state on call_again (house_state_id) where house_state_id is not null;
