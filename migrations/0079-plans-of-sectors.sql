-- A plan may come from a commune cut into sectors: its moves are those of the cut, worked out at once.
alter table caseload_plan drop constraint caseload_plan_kind_check;
alter table caseload_plan add constraint caseload_plan_kind_check check (kind in ('design', 'repair', 'sectors'));
