-- Of a call placed by us nobody waited: only incoming ones say since when.
create or replace function complete_event() returns trigger language plpgsql as $$
declare
  whom record;
  who uuid := coalesce((new.facts ->> 'heardBy')::uuid, new.advisor_id);
begin
  select coalesce(t.advisor_id, c.advisor_id) as own_id, a.pod_id, c.kind = 'town_hall' as official,
         coalesce(m.epci_code, m.departement_code) as territory
    into whom
    from customer c
    left join tenure t on t.customer_id = c.id and t.since <= new.at and (t.until is null or t.until > new.at)
    join advisor a on a.id = coalesce(t.advisor_id, c.advisor_id)
    join area r on r.id = c.area_id
    join commune m on m.insee = r.commune_insee
   where c.id = new.customer_id;
  if not found then return new; end if;
  new.facts := new.facts || jsonb_build_object(
    'ownAdvisorId', whom.own_id,
    'named', whom.own_id = who or exists (select 1 from backup b where b.advisor_id = whom.own_id and b.backup_advisor_id = who),
    'podId', whom.pod_id, 'territory', whom.territory, 'official', whom.official);
  if new.type = 'call.answered' then
    new.facts := new.facts || coalesce((select jsonb_build_object('unansweredSince', invited_at) from call
                                        where id = new.facts ->> 'callId' and direction = 'in'), '{}');
  end if;
  return new;
end $$;
