-- A replay reads what was decided again about calls by its time, too.
create index call_again_at on call_again (at);
