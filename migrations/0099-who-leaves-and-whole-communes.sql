-- Whoever leaves has nobody and nothing in their hands, and is missed by no colleague: what the command asks, for whoever
-- writes past it. Transactions that change advisors or backups come one after the other already (`roster_changes`).
create function check_leaver() returns trigger language plpgsql as $$
declare
  others int;
  colleague uuid;
begin
  -- Waits for whoever is just giving them something.
  perform 1 from advisor where id = new.id and left_at is not null for update;
  if not found then return null; end if;
  if exists (select 1 from customer where advisor_id = new.id and erased_at is null)
     or exists (select 1 from area where advisor_id = new.id)
     or exists (select 1 from case_file where owner_id = new.id and closed_at is null)
     or exists (select 1 from tray_item where duty_owner_id = new.id and sorted_at is null) then
    raise exception 'advisor % leaves with customers, areas, open case files or tray items', new.id using errcode = 'check_violation', constraint = 'advisor_leaves_nothing';
  end if;
  select count(*) - 1 into others from advisor where left_at is null;
  select b.advisor_id into colleague
    from backup b join advisor a on a.id = b.advisor_id and a.left_at is null
   where b.backup_advisor_id = new.id
     and (select count(*) from backup other join advisor there on there.id = other.backup_advisor_id and there.left_at is null
           where other.advisor_id = b.advisor_id) < least(2, others)
   limit 1;
  if found then
    raise exception 'advisor % would have too few backups without %', colleague, new.id using errcode = 'check_violation', constraint = 'advisor_has_backups';
  end if;
  return null;
end $$;
create constraint trigger advisor_leaves_nothing after update of left_at on advisor
  deferrable initially deferred for each row when (old.left_at is null and new.left_at is not null) execute function check_leaver();

-- A commune is served whole or in sectors, never both: nobody could say whose a new customer is. Where somebody wrote
-- both by hand, the whole one becomes a sector with the name of the commune, as where communes merge.
update area set sector = commune.name from commune
 where commune.insee = area.commune_insee and area.sector is null
   and exists (select 1 from area other where other.commune_insee = area.commune_insee and other.sector is not null);
alter table area add constraint area_whole_or_cut
  exclude using gist (commune_insee with =, (case when sector is null then 1 else 0 end) with <>);
