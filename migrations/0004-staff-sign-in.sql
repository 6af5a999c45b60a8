-- How staff signs in. The rows are written by better-auth, whose words are mapped onto these columns in
-- src/web/session/staff-auth.ts; "staff" itself (0001) is its table of users.

create table staff_session (
  id uuid primary key,
  staff_id uuid not null references staff on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index staff_session_staff on staff_session (staff_id);

-- A password ("credential"), or an identity at the operator's own sign-in server.
create table staff_account (
  id uuid primary key,
  staff_id uuid not null references staff on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index staff_account_staff on staff_account (staff_id);

create table staff_passkey (
  id uuid primary key,
  staff_id uuid not null references staff on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz
);
create index staff_passkey_staff on staff_passkey (staff_id);

-- Challenges of passkeys and states of the operator's sign-in server, for some minutes.
create table staff_verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index staff_verification_identifier on staff_verification (identifier);

-- Attempts counted by rate-limiter-flexible; "expire" is in milliseconds since 1970. Keys are hashes.
create table attempt (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
