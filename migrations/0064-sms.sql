-- SMS: what leaves, what comes in, what the network says became of it, and who wants none.

-- An SMS that leaves: written in the transaction that decided it, sent afterwards. Only to numbers on file.
create table outgoing_sms (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  case_file_id uuid references case_file on delete cascade,
  interaction_id uuid references interaction on delete cascade,
  advisor_id uuid references advisor,
  kind text not null check (kind in ('acknowledgement', 'reply', 'commitment', 'stop')),
  to_phone text not null check (to_phone ~ '^\+[1-9][0-9]{3,14}$'),
  text text not null,
  parts int not null check (parts between 1 and 10),
  -- Written by the program, not by a person.
  automatic boolean not null,
  created_at timestamptz not null,
  leave_after timestamptz not null,
  attempts int not null default 0,
  last_error text,
  next_attempt_at timestamptz,
  -- Set before it is handed over; still set with no sent_at after a crash means: perhaps sent twice.
  sending_since timestamptz,
  sent_at timestamptz,
  perhaps_twice boolean not null default false,
  failed_at timestamptz,
  cancelled_at timestamptz,
  -- What the network said at last.
  delivered_at timestamptz,
  undelivered_at timestamptz,
  check (num_nonnulls(sent_at, failed_at, cancelled_at) <= 1)
);
create index outgoing_sms_waiting on outgoing_sms (coalesce(next_attempt_at, leave_after)) where sent_at is null and failed_at is null and cancelled_at is null;
create index outgoing_sms_case_file on outgoing_sms (case_file_id);
create index outgoing_sms_customer on outgoing_sms (customer_id);
create index outgoing_sms_peer on outgoing_sms (to_phone, created_at);
create index outgoing_sms_interaction on outgoing_sms (interaction_id) where interaction_id is not null;

-- A part of it that was accepted, under the name the other side gave it: a retry goes on with the next part.
create table outgoing_sms_part (
  outgoing_sms_id uuid not null references outgoing_sms on delete cascade,
  part int not null,
  reference text not null,
  accepted_at timestamptz not null,
  primary key (outgoing_sms_id, part)
);
create index outgoing_sms_part_reference on outgoing_sms_part (reference);

-- What the network said of a part; it may say so before it has accepted it.
create table sms_receipt (
  reference text not null,
  state text not null check (state in ('delivered', 'undelivered')),
  detail text not null default '',
  received_at timestamptz not null,
  primary key (reference, state)
);
create index sms_receipt_received on sms_receipt (received_at);

-- An SMS, or a part of one, as it reached us. Stored before it is acknowledged.
create table sms_delivery (
  id uuid primary key,
  -- The name the gateway gave it; without one, a copy is known by its words and the connection it came by.
  reference text unique,
  session text not null,
  from_phone text not null,
  to_phone text not null,
  text text not null,
  group_reference int,
  group_size int,
  group_part int,
  received_at timestamptz not null,
  read_at timestamptz,
  readings int not null default 0,
  customer_id uuid references customer on delete cascade,
  interaction_id uuid references interaction on delete set null,
  tray_item_id uuid references tray_item on delete set null,
  check (num_nonnulls(group_reference, group_size, group_part) in (0, 3))
);
create index sms_delivery_unread on sms_delivery (received_at) where read_at is null;
create index sms_delivery_from on sms_delivery (from_phone, received_at);
create index sms_delivery_customer on sms_delivery (customer_id) where customer_id is not null;
create index sms_delivery_interaction on sms_delivery (interaction_id) where interaction_id is not null;
create index sms_delivery_tray_item on sms_delivery (tray_item_id) where tray_item_id is not null;

-- A number whose owner wants no SMS from us, since when, until when.
create table sms_stop (
  id uuid primary key,
  phone text not null,
  stopped_at timestamptz not null,
  resumed_at timestamptz
);
create unique index sms_stop_phone on sms_stop (phone) where resumed_at is null;
