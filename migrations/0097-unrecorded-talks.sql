-- Calls of advisors that are nobody's business here: to a number on no file, or to a colleague. That somebody is on the phone
-- is known while it lasts, never with whom, and nothing is left of it afterwards.
create table unrecorded_talk (
  -- What Kamailio calls it, so that its end is understood. Made from the Call-ID; no number is in it.
  sip_id text not null,
  advisor_id uuid not null references advisor on delete cascade,
  dialled_at timestamptz not null,
  answered_at timestamptz,
  primary key (sip_id, advisor_id)
);
create index unrecorded_talk_advisor on unrecorded_talk (advisor_id);
