-- The next promise of a case file is the first entry of the index, not a sort of what it finds.
drop index commitment_open;
create index commitment_open on commitment (case_file_id, due_at) where kept_at is null and broken_at is null and withdrawn_at is null;

-- Frequent words are found among the newest interactions.
create index interaction_at on interaction (at desc);
