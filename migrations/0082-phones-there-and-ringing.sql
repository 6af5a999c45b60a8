-- Phones that have registered at Kamailio, by the number of their advisor: whether they are there, and since when.
create table registered_phone (
  number text primary key,
  there boolean not null,
  since timestamptz not null
);

-- When a phone that rang stopped ringing, where the phone system tells.
alter table call_attempt add column stopped_at timestamptz;
