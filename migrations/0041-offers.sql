-- The offer of a callback that a call heard, and the callback that was promised.
-- The caller hung up before anyone answered.
alter table call add column cancelled_at timestamptz;
-- What was decided for this call, from what, under which rules. Null: Visavis was not there.
alter table call add column policy_version text;
alter table call add column situation jsonb;
alter table call add column decision jsonb;
-- A call that ends after Kamailio was restarted is known only by the beginning of its id.
create index call_prefix on call (id text_pattern_ops) where answered_at is not null and ended_at is null;

-- One row for each offer somebody heard, so that the share who accept is known from the first day.
create table callback_offer (
  call_id text primary key references call on delete cascade,
  customer_id uuid not null references customer on delete cascade,
  advisor_id uuid not null references advisor,
  -- The customer's own advisor calls back, not a backup.
  own boolean not null,
  before timestamptz not null,
  offered_at timestamptz not null,
  played_ms int check (played_ms >= 0),
  accepted_at timestamptz,
  -- Stayed on the line. Neither: hung up before it could be understood.
  declined_at timestamptz,
  check (num_nonnulls(accepted_at, declined_at) <= 1)
);
create index callback_offer_customer on callback_offer (customer_id);
create index callback_offer_when on callback_offer (offered_at);

-- The number to ring for a commitment of kind callback. Another time is another commitment, the callback stays the same.
create table callback (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  commitment_id uuid not null unique references commitment on delete cascade,
  phone text not null check (phone ~ '^\+[1-9][0-9]{3,14}$'),
  call_id text references call on delete set null,
  made_at timestamptz not null,
  cancelled_at timestamptz
);
create index callback_customer on callback (customer_id);
create index callback_call on callback (call_id) where call_id is not null;

-- A promise that takes the place of another (a second try, another time) is still the same callback.
create function carry_callback() returns trigger language plpgsql as $$
begin
  update callback set commitment_id = new.id where commitment_id = new.replaces_id;
  return null;
end $$;
create trigger callback_goes_on after insert on commitment for each row
  when (new.kind = 'callback' and new.replaces_id is not null) execute function carry_callback();
