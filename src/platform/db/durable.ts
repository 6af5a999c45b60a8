import type pg from 'pg';
import { NotDurable, notDurable } from './words.ts';

/** What the promise "accepted means stored" rests on. */
const NEEDED = { fsync: ['on'], full_page_writes: ['on'], synchronous_commit: ['on', 'remote_write', 'remote_apply'] };

/** Set by the tests on servers whose data nobody needs: `visavis.expendable=on`. */
const EXPENDABLE = 'visavis.expendable';

/** Refuses a database that may forget what it has confirmed; the message says how to mend it. */
export async function assertDurable(pool: pg.Pool): Promise<void> {
  const ask = async (name: string) => {
    const { rows } = await pool.query<{ value: string | null }>('select current_setting($1, true) as value', [name]);
    return rows[0]?.value ?? '';
  };
  if ((await ask(EXPENDABLE)) === 'on') return;
  const problems = await durabilityProblems(ask);
  if (problems.length > 0) throw new NotDurable(notDurable(problems, Object.keys(NEEDED)));
}

/** Settings that break the promise, as "name = value". */
export async function durabilityProblems(ask: (name: string) => Promise<string>): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, allowed] of Object.entries(NEEDED)) {
    const value = await ask(name);
    if (!allowed.includes(value)) problems.push(`${name} = ${value}`);
  }
  return problems;
}
