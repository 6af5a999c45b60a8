-- The operator's logo beside its name, made small and safe; and every look there was, with who chose it and when.
alter table operator add column logo bytea references blob;
-- Pixels it is shown wide, 32 high: a page that knows does not move while it loads.
alter table operator add column logo_width int not null default 32 check (logo_width between 1 and 1000);
create index operator_logo on operator (logo);

create table operator_look (
  id uuid primary key,
  at timestamptz not null,
  by_staff uuid references staff on delete set null,
  name text not null,
  accent text not null,
  -- Fingerprint of the logo; the bytes of earlier ones are not kept.
  logo_key text
);
create index operator_look_staff on operator_look (by_staff);
create index operator_look_at on operator_look (at desc);
