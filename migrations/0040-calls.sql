-- One row a phone call, however often and in whatever order its events arrive.
create table call (
  -- Call-ID of SIP.
  id text primary key,
  invited_at timestamptz not null,
  -- Null: withheld, or not a number.
  from_phone text,
  customer_id uuid references customer on delete cascade,
  -- Advisors rung, in the order of the ring list.
  ring_list uuid[] not null default '{}',
  answered_at timestamptz,
  answered_by uuid references advisor,
  ended_at timestamptz,
  -- The caller hung up, or nobody answered. Never with an answer.
  missed_at timestamptz,
  check (answered_at is null or missed_at is null)
);
create index call_customer on call (customer_id) where customer_id is not null;
create index call_answered_by on call (answered_by) where answered_by is not null;
create index call_going_on on call (answered_at) where answered_at is not null and ended_at is null;
