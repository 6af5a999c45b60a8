-- Which keys have signed reply addresses, links and sessions, and until when: by that the doctor knows how long a secret
-- that was replaced is still needed. Never the key itself.
create table signing_key (
  fingerprint text primary key check (fingerprint ~ '^[0-9a-f]{8}$'),
  signed_from timestamptz not null,
  -- Null: it signs now.
  signed_until timestamptz
);
