-- "Is it solved?", asked by mail some days after a case file was closed; answered by a link and a button.
create table solved_question (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  case_file_id uuid not null references case_file on delete cascade,
  -- Which closing it asks about: a matter may be opened and closed again.
  closed_at timestamptz not null,
  after_days int not null check (after_days in (4, 28)),
  asked_at timestamptz not null,
  answer text check (answer in ('yes', 'no')),
  answered_at timestamptz,
  check ((answer is null) = (answered_at is null)),
  unique (case_file_id, closed_at, after_days)
);
create index solved_question_customer on solved_question (customer_id);
create index case_file_closed on case_file (closed_at) where closed_at is not null;
