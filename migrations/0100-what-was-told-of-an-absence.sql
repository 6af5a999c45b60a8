-- What each customer was told of an absence: until when, and who answers. Where the next absence follows directly, those
-- for whom it is no longer true are told again, and nobody the same twice. Null: nothing was told.
alter table absence_notice
  add column told_until timestamptz,
  add column told_cover_id uuid references advisor on delete set null;
create index absence_notice_told_cover on absence_notice (told_cover_id) where told_cover_id is not null;

update absence_notice set told_until = absence.ends_at from absence
 where absence.id = absence_notice.absence_id and absence_notice.told_at is not null;
