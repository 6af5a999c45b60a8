-- Every change of advisor with its written handover: the customer's next contact never starts from zero.
create table advisor_change (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  from_advisor_id uuid not null references advisor,
  to_advisor_id uuid not null references advisor,
  at timestamptz not null,
  by_staff uuid references staff,
  handover text not null check (handover <> ''),
  -- How the customer was told; null: nobody could be reached by the program, a letter is due.
  told_by text check (told_by in ('mail'))
);
create index advisor_change_customer on advisor_change (customer_id, at desc);

-- Which customers hear of an absence, each once.
create table absence_notice (
  absence_id uuid not null references absence on delete cascade,
  customer_id uuid not null references customer on delete cascade,
  case_file_id uuid not null references case_file on delete cascade,
  told_at timestamptz,
  primary key (absence_id, customer_id)
);
create index absence_notice_customer on absence_notice (customer_id);
create index absence_notice_case_file on absence_notice (case_file_id);
