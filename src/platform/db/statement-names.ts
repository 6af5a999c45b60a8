const SEEN_BEFORE_NAMED = 3;
const MOST_NAMED = 400;
const MOST_SEEN = 4_000;
/** Longer ones are written in bulk, each with another number of rows. */
const MOST_LENGTH = 6_000;

/** Begins a statement whose plan does not depend on its values. */
export const PREPARED = '/* prepared */ ';

const seen = new Map<string, number>();
const names = new Map<string, string>();
let generation = 0;

/**
 * A name for a statement that comes again and again: the server then reads and plans it once for each connection.
 * Undefined for the others.
 */
export function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known) return known;
  if (sql.length > MOST_LENGTH || names.size >= MOST_NAMED) return undefined;
  if (seen.size >= MOST_SEEN) seen.clear();
  const times = (seen.get(sql) ?? 0) + 1;
  seen.set(sql, times);
  if (times < SEEN_BEFORE_NAMED) return undefined;
  seen.delete(sql);
  const name = `v${generation}_${names.size}`;
  names.set(sql, name);
  return name;
}

/** Gives every statement a new name: after an upgrade in full operation, when tables are no longer what was planned for. */
export function forgetNames(): void {
  generation += 1;
  names.clear();
}
