-- A call to a customer that the workspace dials through the phone system: first the advisor's phone, then the customer's.
alter table call
  -- What Kamailio calls it. Null: nothing was dialled yet, or it is not one of Kamailio's.
  add column sip_id text,
  -- Handed to Kamailio: it is never handed over a second time.
  add column handed_at timestamptz,
  -- The advisor picked up their own phone.
  add column picked_up_at timestamptz,
  -- Came to nothing that concerns the customer: nobody was called, or nobody will tell what became of it.
  add column set_aside_at timestamptz,
  add column set_aside_why text check (set_aside_why in ('own_phone', 'not_dialled', 'untold')),
  add check ((set_aside_at is null) = (set_aside_why is null));
create unique index call_sip_id on call (sip_id) where sip_id is not null;
create index call_being_dialled on call (placed_by, invited_at)
  where direction = 'out' and answered_at is null and missed_at is null and set_aside_at is null;
