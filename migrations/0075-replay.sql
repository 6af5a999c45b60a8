-- What the router was asked, beside what it knew: with both, a draft policy can be asked the same. Null: recorded before.
alter table decision add column request jsonb;
alter table call add column request jsonb;
-- A range of dates is read in the order of arrival. These cost a write next to nothing.
create index decision_when on decision using brin (at);
create index call_invited on call using brin (invited_at);
-- When an advisor last took a call: of two who are as free, the one who has gone longest without is rung first.
create index call_last_served on call (answered_by, answered_at) where answered_by is not null;
drop index call_answered_by;
