-- A call passed on to a colleague, with a word said beforehand; and who of several talked how long.

-- Who talks says when they expect to be free: callers of theirs are held for them.
alter table call add column finishing_at timestamptz;

-- The word for the colleague who takes the call next. One a call: another one takes its place.
create table call_passing (
  call_id text primary key references call on delete cascade,
  from_advisor uuid not null references advisor,
  to_advisor uuid not null references advisor,
  words text not null,
  passed_at timestamptz not null,
  taken_at timestamptz
);
create index call_passing_from on call_passing (from_advisor);
create index call_passing_to on call_passing (to_advisor) where taken_at is null;

-- Each one who talked, of a call that went through several hands; none for a call one person took.
create table call_talk (
  call_id text not null references call on delete cascade,
  started_at timestamptz not null,
  advisor_id uuid not null references advisor,
  ended_at timestamptz,
  primary key (call_id, started_at)
);
create index call_talk_advisor on call_talk (advisor_id);
