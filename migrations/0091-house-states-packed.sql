-- Compressed before it comes here: reading and compressing a hundred kilobytes of jsonb ten times a second cost PostgreSQL
-- more than the calls that were decided from it. `state`: those from before.
alter table house_state alter column state drop not null;
alter table house_state add column packed bytea;
alter table house_state alter column packed set storage external;
alter table house_state add check (num_nonnulls(state, packed) = 1);
