-- What an advisor recorded for the voicemail, one for each language, as a WAV file of 8,000 samples a second.
create table greeting (
  advisor_id uuid not null references advisor on delete cascade,
  locale text not null check (locale in ('fr', 'en')),
  sha256 bytea not null references blob,
  seconds int not null check (seconds between 1 and 20),
  recorded_at timestamptz not null,
  primary key (advisor_id, locale)
);
create index greeting_blob on greeting (sha256);
