-- Figures that anyone with the event log can recompute: every fact a figure rests on stands in the log itself, as it was
-- at that time. Whoever writes an event, the database completes it.

create function complete_event() returns trigger language plpgsql as $$
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
    new.facts := new.facts || coalesce((select jsonb_build_object('unansweredSince', invited_at) from call where id = new.facts ->> 'callId'), '{}');
  end if;
  return new;
end $$;
create trigger event_is_complete before insert on event for each row
  when (new.type in ('interaction.sent', 'call.answered', 'commitment.kept', 'commitment.broken')
        or (new.type = 'interaction.received' and new.facts ? 'heardBy'))
  execute function complete_event();

-- What was logged before is completed once, from who was in charge then.
create trigger event_is_completed before update on event for each row
  when (new.type in ('interaction.sent', 'call.answered', 'commitment.kept', 'commitment.broken'))
  execute function complete_event();
update event set facts = facts where type in ('interaction.sent', 'call.answered', 'commitment.kept', 'commitment.broken');
drop trigger event_is_completed on event;

-- One row an exchange with a person, and one a commitment that ended: what the log says, in columns that are fast to add
-- up. A job copies new lines of the log; place and rows move in one transaction.
create table contact_fact (
  seq bigint primary key,
  at timestamptz not null,
  customer_id uuid not null,
  advisor_id uuid not null,
  own boolean not null,
  named boolean not null,
  official boolean not null,
  pod_id uuid not null,
  territory text not null,
  channel text not null,
  -- From the first unanswered word of the customer to this exchange; null when nobody waited.
  waited_seconds int
);
create index contact_fact_at on contact_fact (at);
create table commitment_fact (
  seq bigint primary key,
  at timestamptz not null,
  customer_id uuid not null,
  official boolean not null,
  pod_id uuid not null,
  territory text not null,
  in_time boolean not null
);
create index commitment_fact_at on commitment_fact (at);
create table figures_place (
  only_row boolean primary key default true check (only_row),
  xid xid8 not null default '0',
  seq bigint not null default 0
);
insert into figures_place default values;

-- What stands on the public page: twelve whole months, computed once a month and never changed afterwards.
create table published_figures (
  until timestamptz primary key,
  since timestamptz not null,
  made_at timestamptz not null,
  figures jsonb not null
);
