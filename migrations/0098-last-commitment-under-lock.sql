-- Two transactions that each end one of the last two commitments of a case file both saw the other one still open. Who
-- ends or moves a commitment now holds the case file while looking, and the case file it moved from is looked at too.
-- New messages only add commitments: they never come here.
create function check_commitment_left() returns trigger language plpgsql as $$
declare
  which uuid;
  is_open boolean;
begin
  -- In the order of their ids: two moves in opposite directions wait for each other instead of failing.
  for which in
    select distinct id from unnest(case when tg_op = 'DELETE' then array[old.case_file_id] else array[old.case_file_id, new.case_file_id] end) as id order by id
  loop
    -- Locked even when closed: somebody may be opening it again, counting on this commitment.
    select closed_at is null into is_open from case_file where id = which for no key update;
    if is_open and not exists (select 1 from commitment where case_file_id = which and kept_at is null and broken_at is null and withdrawn_at is null) then
      raise exception 'open case file % has no open commitment', which using errcode = 'check_violation', constraint = 'case_file_has_commitment';
    end if;
  end loop;
  return null;
end $$;

drop trigger commitment_leaves_one on commitment;
create constraint trigger commitment_leaves_one after update of kept_at, broken_at, withdrawn_at, case_file_id or delete on commitment
  deferrable initially deferred for each row execute function check_commitment_left();

-- A case file is looked at when it opens; its own row is locked by that already.
create or replace function check_case_file_commitment() returns trigger language plpgsql as $$
begin
  if exists (select 1 from case_file where id = new.id and closed_at is null)
     and not exists (select 1 from commitment where case_file_id = new.id and kept_at is null and broken_at is null and withdrawn_at is null) then
    raise exception 'open case file % has no open commitment', new.id using errcode = 'check_violation', constraint = 'case_file_has_commitment';
  end if;
  return null;
end $$;
