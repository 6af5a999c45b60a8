-- Files waiting beside a reply that is being written: one person's own until the reply leaves with them.
create table draft_file (
  id uuid primary key,
  staff_id uuid not null references staff on delete cascade,
  case_file_id uuid not null references case_file on delete cascade,
  customer_id uuid not null references customer on delete cascade,
  filename text not null,
  content_type text not null,
  sha256 bytea not null references blob,
  size int not null,
  added_at timestamptz not null
);
create index draft_file_mine on draft_file (staff_id, case_file_id);
