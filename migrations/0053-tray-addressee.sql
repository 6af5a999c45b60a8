-- What whoever sorts a mail by hand should know: whose address it was written to, and what is odd about it.
alter table tray_item
  add column addressed_to uuid references advisor on delete set null,
  add column caution text;
create index tray_item_addressed_to on tray_item (addressed_to) where addressed_to is not null;
