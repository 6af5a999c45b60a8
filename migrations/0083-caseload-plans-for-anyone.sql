-- Whom a plan of caseloads counts otherwise than as they are now: who leaves, is away for long, comes, or works another
-- share. Of a design: exactly who takes part.
create table caseload_plan_person (
  plan_id uuid not null references caseload_plan on delete cascade,
  advisor_id uuid not null references advisor on delete cascade,
  cause text not null check (cause in ('part', 'leaves', 'away', 'comes', 'works')),
  -- The part of a full post counted, where it is another than the advisor's own; applying makes it their own.
  share numeric(3, 2) check (share > 0 and share <= 1),
  share_before numeric(3, 2),
  primary key (plan_id, advisor_id),
  check (cause in ('part', 'comes', 'works') or share is null)
);
create index caseload_plan_person_advisor on caseload_plan_person (advisor_id);
insert into caseload_plan_person (plan_id, advisor_id, cause)
  select id, without_advisor_id, 'leaves' from caseload_plan where without_advisor_id is not null
  union select id, newcomer_id, 'comes' from caseload_plan
    where newcomer_id is not null and newcomer_id is distinct from without_advisor_id;
alter table caseload_plan drop column without_advisor_id;
alter table caseload_plan drop column newcomer_id;

-- Départements to be served whole: communes without an area get one, by the plan.
alter table caseload_plan add column departements text[] not null default '{}';
create table caseload_new_area (
  plan_id uuid not null references caseload_plan on delete cascade,
  commune_insee text not null references commune,
  advisor_id uuid not null references advisor on delete cascade,
  area_id uuid references area on delete set null,
  served_at timestamptz,
  primary key (plan_id, commune_insee)
);
create index caseload_new_area_commune on caseload_new_area (commune_insee);
create index caseload_new_area_advisor on caseload_new_area (advisor_id);
create index caseload_new_area_area on caseload_new_area (area_id) where area_id is not null;

-- The edition that no longer lists a commune. Its areas stay where they are until somebody moves them.
alter table commune add column dropped_in text;
-- Areas of a commune that became part of another: who moved them when, for the history.
create table commune_merger (
  id uuid primary key,
  from_insee text not null references commune,
  into_insee text not null references commune,
  at timestamptz not null,
  by_staff uuid references staff on delete set null,
  areas int not null,
  customers int not null
);
create index commune_merger_from on commune_merger (from_insee);
create index commune_merger_into on commune_merger (into_insee);
create index commune_merger_by on commune_merger (by_staff) where by_staff is not null;

-- Whoever has no mail is told by SMS or by a letter; also that nothing changes after all.
alter table caseload_move drop constraint caseload_move_told_by_check;
alter table caseload_move add constraint caseload_move_told_by_check check (told_by in ('mail', 'sms', 'letter'));
alter table caseload_move add column stay_told_by text check (stay_told_by in ('mail', 'sms', 'letter'));
alter table advisor_change drop constraint advisor_change_told_by_check;
alter table advisor_change add constraint advisor_change_told_by_check check (told_by in ('mail', 'sms', 'letter'));
alter table outgoing_sms drop constraint outgoing_sms_kind_check;
alter table outgoing_sms add constraint outgoing_sms_kind_check
  check (kind in ('acknowledgement', 'reply', 'commitment', 'stop', 'advisor_change'));
