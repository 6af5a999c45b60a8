import { type RawBuilder, sql } from 'kysely';
import type { Check, CheckName, Examined, Finding } from './finding.ts';

const EXAMPLES = 5;

/** A check whose query answers one row for each thing that is wrong, with `id` to name it by. */
export function rowsCheck(name: CheckName, wrong: (examined: Examined) => RawBuilder<unknown> | undefined): Check {
  return {
    name,
    run: async (examined) => {
      const query = wrong(examined);
      if (!query) return undefined;
      const { rows } = await sql<{ count: number; examples: string[] | null }>`
        with wrong as (${query})
        select count(*) as count, (select array_agg(id::text) from (select id from wrong order by 1 limit ${sql.lit(EXAMPLES)}) few) as examples
        from wrong`.execute(examined.db);
      return finding(name, rows[0]?.examples ?? [], rows[0]?.count ?? 0);
    },
  };
}

/** What to report about these, or undefined when there are none. */
export function finding(name: CheckName, examples: readonly string[], count = examples.length): Finding | undefined {
  return count === 0 ? undefined : { check: name, count, examples: examples.slice(0, EXAMPLES) };
}
