import type { Unit } from './unit.ts';

/** A unit weighs at most this part of a full caseload. */
export const unitLimit = 0.1;

/** Cuts units heavier than a tenth of a full caseload into equal sectors; the customers add up to what they were. */
export function cutIntoSectors<Cut extends Unit>(units: readonly Cut[], fullCaseloadMinutes: number): Cut[] {
  return units.flatMap((unit) => {
    const parts = Math.min(Math.ceil(unit.minutes / (fullCaseloadMinutes * unitLimit)), Math.max(1, unit.customers));
    if (!(parts > 1)) return [unit];
    return Array.from({ length: parts }, (_, part) => ({
      ...unit,
      id: `${unit.id}/${part + 1}`,
      minutes: unit.minutes / parts,
      customers: Math.floor((unit.customers * (part + 1)) / parts) - Math.floor((unit.customers * part) / parts),
    }));
  });
}
