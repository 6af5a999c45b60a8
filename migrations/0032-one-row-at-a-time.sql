-- One look-up by key after the other: in one joined query the planner may walk every customer for every event, when the
-- statistics were gathered in the middle of a large import, while nothing of it was committed.
create or replace function complete_event() returns trigger language plpgsql as $$
declare
  whose record;
  own_id uuid;
  own_pod uuid;
  place record;
  who uuid := coalesce((new.facts ->> 'heardBy')::uuid, new.advisor_id);
begin
  select c.advisor_id, c.area_id, c.kind into whose from customer c where c.id = new.customer_id;
  if not found then return new; end if;
  select t.advisor_id into own_id from tenure t
   where t.customer_id = new.customer_id and t.since <= new.at and (t.until is null or t.until > new.at);
  own_id := coalesce(own_id, whose.advisor_id);
  select a.pod_id into own_pod from advisor a where a.id = own_id;
  select m.epci_code, m.departement_code into place from commune m
   where m.insee = (select r.commune_insee from area r where r.id = whose.area_id);
  new.facts := new.facts || jsonb_build_object(
    'ownAdvisorId', own_id,
    'named', own_id = who or exists (select 1 from backup b where b.advisor_id = own_id and b.backup_advisor_id = who),
    'podId', own_pod, 'territory', coalesce(place.epci_code, place.departement_code), 'official', whose.kind = 'town_hall');
  if new.type = 'call.answered' then
    new.facts := new.facts || coalesce((select jsonb_build_object('unansweredSince', invited_at) from call
                                        where id = new.facts ->> 'callId' and direction = 'in'), '{}');
  end if;
  return new;
end $$;
