-- Every policy that ever decided, with who put it in force and when: a stored decision names its version.
create table policy_version (
  version text primary key,
  policy jsonb not null,
  at timestamptz not null,
  by_staff uuid references staff
);
