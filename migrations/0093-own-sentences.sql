-- What advisors record in their own voice is more than the greeting of the voicemail: also what is heard of an offer before
-- and after its time. Kept to the millisecond, for an offer lasts six seconds.
alter table greeting rename to own_sentence;
alter table own_sentence rename constraint greeting_pkey to own_sentence_pkey;
alter index greeting_blob rename to own_sentence_blob;
alter table own_sentence
  add kind text not null default 'greeting' check (kind in ('greeting', 'opening', 'ending')),
  add ms int;
update own_sentence set ms = (octet_length(bytes) - 44) / 16 from blob where blob.sha256 = own_sentence.sha256;
alter table own_sentence
  alter kind drop default,
  alter ms set not null,
  add check (ms between 200 and 20500),
  drop seconds,
  drop constraint own_sentence_pkey,
  add primary key (advisor_id, kind, locale);
