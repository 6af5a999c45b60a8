-- Names and codes that communes had before they merged, and the arrondissements of Paris, Lyon and Marseille: people
-- still live "in Morez", whatever the commune is called now.
create table former_commune (
  insee text not null,
  name text not null,
  search_name text not null,
  commune_insee text not null references commune,
  primary key (insee, name)
);
create index former_commune_search on former_commune (search_name text_pattern_ops);
create index former_commune_of on former_commune (commune_insee);

-- Near misses: "Besancon", "Pontarlié", "Lons le saunié".
create index commune_near on commune using gin (search_name gin_trgm_ops);
create index former_commune_near on former_commune using gin (search_name gin_trgm_ops);
