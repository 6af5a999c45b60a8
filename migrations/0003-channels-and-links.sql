-- The world outside: what was delivered to us, what leaves us, and the links people follow.

-- A mail as it reached us: one SMTP transaction, or one message of one mailbox. Stored before it is acknowledged.
create table delivery (
  id uuid primary key,
  source text not null check (source in ('smtp', 'imap', 'upload')),
  mailbox text,
  uid_validity bigint,
  uid bigint,
  envelope_from text,
  envelope_to text[] not null default '{}',
  remote_address text,
  -- What the other side called itself (HELO).
  remote_name text,
  received_at timestamptz not null,
  raw_sha256 bytea not null references blob,
  size int not null,
  -- SHA-256 of the message without trace headers, once read.
  content_hash bytea,
  -- How often reading was begun: a mail that ends the program each time goes to the tray unread instead.
  readings int not null default 0,
  read_at timestamptz,
  outcome text check (outcome in ('interaction', 'tray', 'bounce', 'ignored')),
  customer_id uuid,
  interaction_id uuid references interaction on delete set null,
  tray_item_id uuid references tray_item on delete set null,
  check ((read_at is null) = (outcome is null))
);
-- The bytes too: a server that gives one UID to two messages must not make us lose the second.
create unique index delivery_mailbox on delivery (mailbox, uid_validity, uid, raw_sha256) where mailbox is not null;
create index delivery_bounce on delivery (content_hash) where outcome = 'bounce';
create index delivery_unread on delivery (received_at) where read_at is null;
create index delivery_interaction on delivery (interaction_id) where interaction_id is not null;
create index delivery_tray_item on delivery (tray_item_id) where tray_item_id is not null;

-- How far each mailbox has been read.
create table mailbox (
  name text primary key,
  uid_validity bigint not null,
  last_uid bigint not null,
  seen_at timestamptz not null
);

-- Mail that leaves: written in the transaction that decided it, sent afterwards. A row is never deleted.
create table outgoing_mail (
  id uuid primary key,
  customer_id uuid references customer on delete cascade,
  case_file_id uuid references case_file on delete cascade,
  interaction_id uuid references interaction on delete cascade,
  kind text not null check (kind in ('acknowledgement', 'reply', 'card', 'link', 'confirm', 'absence', 'advisor_change', 'commitment', 'pass_on', 'staff')),
  from_name text not null,
  from_address text not null,
  to_address text not null,
  reply_to text,
  subject text not null,
  text text not null,
  html text,
  message_id text not null unique,
  in_reply_to text,
  mail_references text,
  -- Automatic mail says so (RFC 3834) and leaves with an empty envelope sender.
  automatic boolean not null,
  -- A forwarded original, attached untouched.
  original_sha256 bytea references blob,
  created_at timestamptz not null,
  leave_after timestamptz not null,
  attempts int not null default 0,
  last_error text,
  next_attempt_at timestamptz,
  -- Set before the SMTP dialogue; still set with no sent_at after a crash means: perhaps sent twice.
  sending_since timestamptz,
  sent_at timestamptz,
  perhaps_twice boolean not null default false,
  failed_at timestamptz,
  cancelled_at timestamptz,
  check (num_nonnulls(sent_at, failed_at, cancelled_at) <= 1)
);
create index outgoing_mail_waiting on outgoing_mail (coalesce(next_attempt_at, leave_after)) where sent_at is null and failed_at is null and cancelled_at is null;
create index outgoing_mail_case_file on outgoing_mail (case_file_id);
create index outgoing_mail_peer on outgoing_mail (lower(to_address), created_at) where automatic;
create index outgoing_mail_interaction on outgoing_mail (interaction_id) where interaction_id is not null;

create table outgoing_attachment (
  outgoing_mail_id uuid not null references outgoing_mail on delete cascade,
  position int not null,
  filename text not null,
  content_type text not null,
  sha256 bytea not null references blob,
  primary key (outgoing_mail_id, position)
);

-- A one-time link that a button (POST) confirms; opening it changes nothing. Only the hash of the token is kept.
create table one_time_link (
  token_sha256 bytea primary key,
  purpose text not null check (purpose in ('customer_session', 'confirm_message', 'staff_sign_in', 'staff_password')),
  customer_id uuid references customer on delete cascade,
  staff_id uuid references staff,
  payload jsonb not null default '{}',
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_link_expiry on one_time_link (expires_at);

create table customer_session (
  token_sha256 bytea primary key,
  customer_id uuid not null references customer on delete cascade,
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz
);
create index customer_session_customer on customer_session (customer_id);

-- A message written on the public page, waiting for its writer to confirm the mail address.
create table pending_message (
  id uuid primary key,
  advisor_id uuid not null references advisor,
  locale text not null check (locale in ('fr', 'en')),
  mail text not null,
  phone text,
  name text not null,
  commune_insee text references commune,
  text text not null,
  content_hash bytea not null unique,
  written_at timestamptz not null,
  confirmed_at timestamptz
);

create table pending_attachment (
  pending_message_id uuid not null references pending_message on delete cascade,
  position int not null,
  filename text not null,
  content_type text not null,
  sha256 bytea not null references blob,
  primary key (pending_message_id, position)
);

create table api_token (
  token_sha256 bytea primary key,
  name text not null,
  role text not null,
  staff_id uuid references staff,
  made_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);

-- An answer given once is given again to the same key and the same request.
create table idempotency (
  caller text not null,
  key text not null,
  request_sha256 bytea not null,
  status int,
  response jsonb,
  made_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_age on idempotency (made_at);

-- The log of what happened: ids and facts, never names or text. Published figures are recomputed from it.
create table event (
  seq bigint generated always as identity primary key,
  -- A reader must not pass a sequence number whose transaction is still open; see events.ts.
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  type text not null,
  customer_id uuid,
  advisor_id uuid,
  case_file_id uuid,
  facts jsonb not null default '{}'
);
create index event_order on event (xid, seq);
create index event_customer on event (customer_id, seq) where customer_id is not null;

-- Who looked at or changed what.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  staff_id uuid,
  action text not null,
  customer_id uuid,
  facts jsonb not null default '{}'
);
create index audit_customer on audit (customer_id, at);
