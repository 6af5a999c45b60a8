/** Where a unit of a caseload lies: the hierarchy always, coordinates (degrees) only where they are known. */
export interface Place {
  commune: string;
  epci: string | null;
  arrondissement: string | null;
  departement: string;
  at?: { latitude: number; longitude: number };
}

/** What moves as one: the customers of one area who share an advisor. `minutes` are expected work minutes a month. */
export interface Unit {
  id: string;
  place: Place;
  minutes: number;
  customers: number;
  /** Who looks after it now; null when nobody does. */
  advisorId: string | null;
  /** How long its customers have been with their advisor, on average; absent where that is not known. */
  tenureYears?: number;
  /** Stays with this advisor whatever it costs. */
  pinnedTo?: string;
}

/** An advisor to give work to; `share` is the part of a full caseload, above 0 up to 1. */
export interface Seat {
  advisorId: string;
  share: number;
  base?: Place;
  /** Backups who will be there, also while this advisor is away; absent where that is not known. */
  validBackups?: number;
}

/** Work minutes each seat should have, in the order of the seats: the whole, divided by shares. */
export function targetsOf(units: readonly Unit[], seats: readonly Seat[]): number[] {
  const minutes = units.reduce((sum, unit) => sum + unit.minutes, 0);
  const shares = seats.reduce((sum, seat) => sum + seat.share, 0);
  return seats.map((seat) => (minutes * seat.share) / shares);
}
