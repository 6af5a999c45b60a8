-- Outlines of communes from a file of the operator's own, simplified, with a point inside and who lies beside whom.
create table commune_contour (
  insee text primary key references commune,
  -- Rings of [longitude, latitude], in degrees.
  rings jsonb not null,
  longitude double precision not null check (longitude between -180 and 180),
  latitude double precision not null check (latitude between -90 and 90),
  imported_at timestamptz not null
);
create table commune_neighbour (
  insee text not null references commune_contour on delete cascade,
  neighbour text not null references commune_contour on delete cascade,
  primary key (insee, neighbour)
);
create index commune_neighbour_back on commune_neighbour (neighbour);
