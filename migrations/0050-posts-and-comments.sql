-- The public note: posts with an honest label, images that enlarge, comments and their moderation, outside voices,
-- and mail alerts.

-- A voice of its own: the feed of a local blog or association, shown under its name, untouched.
create table voice (
  id uuid primary key,
  url text not null unique,
  name text not null check (name <> ''),
  site_url text,
  -- Null: about the whole territory.
  commune_insee text references commune,
  added_at timestamptz not null,
  added_by uuid references staff on delete set null,
  etag text,
  last_modified text,
  fetched_at timestamptz,
  next_fetch_at timestamptz not null,
  failing_since timestamptz,
  failing_why text,
  removed_at timestamptz,
  removed_by uuid references staff on delete set null,
  demo boolean not null default false,
  check ((failing_since is null) = (failing_why is null))
);
create index voice_due on voice (next_fetch_at) where removed_at is null;

create table voice_entry (
  id uuid primary key,
  voice_id uuid not null references voice on delete cascade,
  -- The entry's own id in its feed.
  entry_key text not null,
  title text not null,
  link text,
  html text not null,
  published_at timestamptz not null,
  seen_at timestamptz not null,
  unique (voice_id, entry_key)
);
create index voice_entry_newest on voice_entry (published_at desc);

create table post (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  genre text not null check (genre in ('reporting', 'press-review', 'notice', 'sponsored', 'right-of-reply')),
  -- Signed by an outside voice, or else the operator's: then this account wrote it, unless a program took it over.
  author_staff uuid references staff,
  voice_id uuid references voice,
  author_name text not null check (author_name <> ''),
  paid_by text check (paid_by <> ''),
  whole_territory boolean not null,
  -- The post that this one answers (right of reply); the link is shown from both.
  answers_post_id uuid references post,
  clip_source text,
  clip_date text check (clip_date ~ '^\d{4}-\d{2}-\d{2}$'),
  clip_licence text,
  clip_link text check (clip_link ~ '^https?://'),
  comments_open boolean not null default true,
  made_at timestamptz not null,
  -- Null: a draft. Later than now: scheduled.
  publish_at timestamptz,
  published_by uuid references staff,
  -- When alerts and the event log heard of it.
  announced_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by uuid references staff,
  withdrawn_why text,
  demo boolean not null default false,
  check ((withdrawn_at is null) = (withdrawn_why is null)),
  constraint post_has_one_author check (author_staff is null or voice_id is null),
  -- Whoever is paid by the operator does not report on it, through no door.
  constraint post_reporting_is_independent check (genre <> 'reporting' or (voice_id is not null and paid_by is null)),
  constraint post_sponsored_says_who_paid check (genre <> 'sponsored' or paid_by is not null),
  constraint post_reply_answers_a_post check ((genre = 'right-of-reply') = (answers_post_id is not null)),
  constraint post_clipping_is_complete check (genre <> 'press-review' or num_nulls(clip_source, clip_date, clip_licence, clip_link) = 0)
);
create index post_published on post (publish_at desc) where publish_at is not null and withdrawn_at is null;
create index post_to_announce on post (publish_at) where announced_at is null and publish_at is not null and withdrawn_at is null;
create index post_answers on post (answers_post_id) where answers_post_id is not null;

create table post_commune (
  post_id uuid not null references post on delete cascade,
  commune_insee text not null references commune,
  primary key (post_id, commune_insee)
);
create index post_commune_insee on post_commune (commune_insee);

-- Every text a post ever had; the newest of each language is shown, the others are its history.
create table post_version (
  id uuid primary key,
  post_id uuid not null references post on delete cascade,
  locale text not null check (locale in ('fr', 'en')),
  title text not null check (title <> ''),
  markdown text not null,
  -- What was put right, said to readers; null for texts nobody had read yet.
  correction text check (correction <> ''),
  written_at timestamptz not null,
  by_staff uuid references staff on delete set null
);
create index post_version_newest on post_version (post_id, locale, written_at desc, id desc);

create table image (
  id uuid primary key,
  post_id uuid not null references post on delete cascade,
  -- image-1, image-2 … in the text.
  position int not null,
  alt text not null check (alt <> ''),
  added_at timestamptz not null,
  added_by uuid references staff on delete set null,
  unique (post_id, position)
);

-- The same picture in a few widths, without the camera's data.
create table image_variant (
  image_id uuid not null references image on delete cascade,
  width int not null check (width > 0),
  height int not null check (height > 0),
  sha256 bytea not null references blob,
  primary key (image_id, width)
);
create index image_variant_blob on image_variant (sha256);

-- Comments that resemble each other: ten thousand of one text are one line for the moderator.
create table likeness (
  id uuid primary key,
  simhash bit(64) not null,
  seen int not null default 1,
  last_seen_at timestamptz not null,
  -- A moderator has called one of them spam: those that come after it are refused without being asked about.
  spam_since timestamptz
);
create index likeness_lately on likeness (last_seen_at desc);

create table comment (
  id uuid primary key,
  post_id uuid not null references post on delete cascade,
  parent_id uuid references comment on delete cascade,
  locale text not null check (locale in ('fr', 'en')),
  name text not null check (name <> ''),
  -- Never shown. Null for an answer of the operator.
  mail text check (mail = lower(mail)),
  text text not null check (text <> ''),
  by_staff uuid references staff,
  by_advisor uuid references advisor,
  written_at timestamptz not null,
  edited_at timestamptz,
  confirmed_at timestamptz,
  -- Why it waits for a moderator; null: it does not.
  held_why text check (held_why in ('before', 'first', 'links', 'alike', 'edited', 'reported')),
  shown_at timestamptz,
  hidden_at timestamptz,
  withdrawn_at timestamptz,
  asks_operator boolean not null default false,
  answer_publicly boolean not null default false,
  -- Where the question to the operator went.
  interaction_id uuid references interaction on delete set null,
  tray_item_id uuid references tray_item on delete set null,
  asked_at timestamptz,
  -- The answer of the operator's that stands below it was first given here.
  answer_interaction_id uuid references interaction on delete set null,
  likeness_id uuid references likeness on delete set null,
  content_hash bytea not null unique,
  check ((by_staff is null) = (mail is not null)),
  check (parent_id <> id)
);
create index comment_shown on comment (post_id, shown_at, id) where shown_at is not null and hidden_at is null and withdrawn_at is null;
create index comment_newest on comment (shown_at desc) where shown_at is not null and hidden_at is null and withdrawn_at is null;
create index comment_waiting on comment (confirmed_at) where held_why is not null and hidden_at is null and withdrawn_at is null;
create index comment_unconfirmed on comment (written_at) where confirmed_at is null;
create index comment_parent on comment (parent_id) where parent_id is not null;
create index comment_mail on comment (mail) where mail is not null;
create index comment_likeness on comment (likeness_id) where likeness_id is not null;
create index comment_interaction on comment (interaction_id) where interaction_id is not null;
create index comment_tray_item on comment (tray_item_id) where tray_item_id is not null;
create index comment_answer on comment (answer_interaction_id) where answer_interaction_id is not null;

-- One level of replies.
create function check_comment_level() returns trigger language plpgsql as $$
begin
  if exists (select 1 from comment where id = new.parent_id and (parent_id is not null or post_id <> new.post_id)) then
    raise exception 'a reply answers a comment of the same post that is not a reply itself' using errcode = 'check_violation', constraint = 'comment_one_level';
  end if;
  return null;
end $$;
create constraint trigger comment_one_level after insert or update of parent_id on comment
  for each row when (new.parent_id is not null) execute function check_comment_level();

-- What a comment said before it was edited.
create table comment_version (
  id uuid primary key,
  comment_id uuid not null references comment on delete cascade,
  text text not null,
  until timestamptz not null
);
create index comment_version_comment on comment_version (comment_id);

-- Every decision about a comment, with who, when and why.
create table moderation (
  id uuid primary key,
  comment_id uuid not null references comment on delete cascade,
  at timestamptz not null,
  by_staff uuid references staff on delete set null,
  verdict text not null check (verdict in ('publish', 'refuse', 'hide', 'restore')),
  reason text check (reason in ('spam', 'insult', 'private-data', 'unlawful', 'off-topic', 'advertising')),
  words text not null default '',
  -- Whether it could be read before: then the public log lists it.
  was_shown boolean not null,
  check ((reason is null) = (verdict in ('publish', 'restore')))
);
create index moderation_comment on moderation (comment_id);
create index moderation_removed on moderation (at desc) where verdict in ('refuse', 'hide');

create table comment_report (
  id uuid primary key,
  comment_id uuid not null references comment on delete cascade,
  at timestamptz not null,
  reason text not null check (reason in ('spam', 'insult', 'private-data', 'unlawful', 'off-topic', 'advertising')),
  words text not null default '',
  locale text not null check (locale in ('fr', 'en')),
  mail text,
  content_hash bytea not null unique,
  settled_at timestamptz,
  settled_by uuid references staff on delete set null
);
create index comment_report_open on comment_report (comment_id) where settled_at is null;
create index comment_report_comment on comment_report (comment_id);

-- Moderation before or after publication is the operator's choice; docs/operate/moderation.md says what follows from it.
alter table operator add column moderate_comments text not null default 'before' check (moderate_comments in ('before', 'after'));

-- Mail alerts: to one commune's posts, to all posts, or to the comments of one post.
create table alert (
  id uuid primary key,
  mail text not null check (mail = lower(mail)),
  locale text not null check (locale in ('fr', 'en')),
  commune_insee text references commune,
  post_id uuid references post on delete cascade,
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  check (num_nonnulls(commune_insee, post_id) <= 1)
);
create unique index alert_once on alert (mail, coalesce(commune_insee, ''), coalesce(post_id, '00000000-0000-0000-0000-000000000000'));
create index alert_commune on alert (commune_insee, id) where confirmed_at is not null and ended_at is null;
create index alert_post on alert (post_id) where post_id is not null;

-- One thing that alerts tell of, and how far telling it has come. The row is locked while a process is at it.
create table alert_event (
  id uuid primary key,
  post_id uuid not null references post on delete cascade,
  comment_id uuid references comment on delete cascade,
  at timestamptz not null,
  told_up_to uuid,
  done_at timestamptz
);
create unique index alert_event_once on alert_event (post_id, coalesce(comment_id, '00000000-0000-0000-0000-000000000000'));
create index alert_event_comment on alert_event (comment_id) where comment_id is not null;
create index alert_event_open on alert_event (at) where done_at is null;

-- At most one mail per event and address.
create table alert_mail (
  event_id uuid not null references alert_event on delete cascade,
  mail text not null,
  outgoing_mail_id uuid not null,
  primary key (event_id, mail)
);

-- A mail of a list says how to leave it by one click (RFC 8058).
alter table outgoing_mail add column list_unsubscribe text;
-- The kinds of mail are said once, in src/desk/outbox/write-mail.ts.
alter table outgoing_mail drop constraint outgoing_mail_kind_check;
alter table outgoing_mail add constraint outgoing_mail_kind_check check (kind ~ '^[a-z_]+$');
