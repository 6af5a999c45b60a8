-- The advisor said that their call is over, because nobody else did. Its end is then when they said so, and how long it was
-- nobody knows. Null again once the phone system tells the end after all.
alter table call add column said_over_at timestamptz;
alter table call add check (said_over_at is null or ended_at = said_over_at);
