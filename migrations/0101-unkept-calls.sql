-- Calls that are kept nowhere: their customer was erased, or whom an advisor called is no customer. Kamailio's accounting
-- still has them for a week; by their names here they are not followed again.
create table unkept_call (
  -- What Kamailio calls it. Made from the Call-ID; no number is in it.
  call_id text primary key,
  at timestamptz not null
);
create index unkept_call_at on unkept_call (at);
