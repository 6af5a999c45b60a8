/** An instant as the clock on the wall of a time zone shows it: "2026-11-24T14:05", as date fields want it. */
export function toLocal(iso: string, zone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(new Date(iso))
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The instant at which the clock of a time zone shows this; null for what is no time. Twice-shown hours mean the first. */
export function fromLocal(local: string, zone: string): string | null {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local) ? Date.parse(`${local.slice(0, 16)}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (instant: number) => Date.parse(`${toLocal(new Date(instant).toISOString(), zone)}:00Z`) - instant;
  const first = asUtc - offsetAt(asUtc);
  const found = Number.isNaN(first) ? first : asUtc - offsetAt(first);
  return Number.isNaN(found) ? null : new Date(found).toISOString();
}
