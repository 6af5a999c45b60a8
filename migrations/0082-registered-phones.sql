-- Phones that have registered at Kamailio, by the number of their advisor: whether they are there, and since when.
create table registered_phone (
  number text primary key,
  there boolean not null,
  since timestamptz not null
);
