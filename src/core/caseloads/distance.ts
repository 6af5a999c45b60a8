import type { Place } from './unit.ts';

/** Kilometres taken for two places of which only the hierarchy is known. */
const hierarchyKm = { commune: 0, epci: 10, arrondissement: 25, departement: 50, beyond: 100 };
const earthRadiusKm = 6371;

/** Kilometres between two places: great circle where both have coordinates, else by the closest level they share. */
export function kmBetween(one: Place, other: Place): number {
  if (one.at && other.at) return greatCircle(one.at, other.at);
  if (one.commune === other.commune) return hierarchyKm.commune;
  if (one.epci !== null && one.epci === other.epci) return hierarchyKm.epci;
  if (one.departement !== other.departement) return hierarchyKm.beyond;
  const sameDistrict = one.arrondissement !== null && one.arrondissement === other.arrondissement;
  return sameDistrict ? hierarchyKm.arrondissement : hierarchyKm.departement;
}

type At = NonNullable<Place['at']>;

function greatCircle(one: At, other: At): number {
  const halfLatitude = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2;
  const halfLongitude = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  const across = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * halfLongitude;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(halfLatitude + across)));
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;
