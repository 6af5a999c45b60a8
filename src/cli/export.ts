import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Command } from 'commander';
import { sql } from 'kysely';
import type { House } from '../desk/house.ts';
import { writeCsv } from './csv.ts';
import { exportHelp, exportWords } from './export-words.ts';
import { customerColumns } from './import-customers.ts';
import { progress, say, type WithHouse } from './say.ts';
import { typedPath } from './typed-path.ts';
import { allToOperator } from './usage-words.ts';

const AT_ONCE = 1_000;

type Export = (house: House, write: (text: string) => Promise<void>) => Promise<number>;

/** `visavis export events|customers --out FILE`: the event log for recomputing figures, or customers for another system. */
export function exportCommand(withHouse: WithHouse): Command {
  const help = allToOperator(exportHelp);
  const all = new Command('export').description(help.about);
  const add = (name: string, about: string, work: Export) =>
    all
      .command(name)
      .description(about)
      .requiredOption('--out <file>', help.out)
      .action(async (typed: { out: string }, command: Command) => {
        const out = typedPath(typed.out);
        const file = createWriteStream(out, { mode: 0o600 });
        await once(file, 'open');
        const count = await withHouse((house) => work(house, (text) => writeTo(file, text)));
        file.end();
        await finished(file);
        progress('');
        say(command, { ok: true, rows: count, file: out }, exportWords.written(count, out));
      });
  add('events', help.events, exportEvents);
  add('customers', help.customers, exportCustomers);
  return all;
}

async function writeTo(file: Writable, text: string): Promise<void> {
  if (!file.write(text)) await once(file, 'drain');
}

async function exportEvents({ db }: House, write: (text: string) => Promise<void>): Promise<number> {
  let count = 0;
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('event')
      .where('seq', '>', after)
      .select(['seq', 'at', 'type', 'customerId', 'advisorId', 'caseFileId', 'facts'])
      .orderBy('seq')
      .limit(AT_ONCE)
      .execute();
    const last = rows.at(-1);
    if (!last) return count;
    await write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    after = last.seq;
    count += rows.length;
    progress(exportWords.events(count));
  }
}

async function exportCustomers({ db }: House, write: (text: string) => Promise<void>): Promise<number> {
  await write(writeCsv(customerColumns, []));
  const head = writeCsv(customerColumns, []).length;
  let count = 0;
  for (let after = ''; ; ) {
    const { rows } = await sql<Record<(typeof customerColumns)[number] | 'id', string>>`
      select c.id, c.kind, c.name, a.commune_insee as commune, coalesce(a.sector, '') as sector, c.reference, c.locale,
        coalesce(p.given_name, '') as given_name, coalesce(p.family_name, '') as family_name, coalesce(p.role, '') as role,
        ${points('phone')} as phone, ${points('mail')} as mail, coalesce((select value from contact_point where customer_id = c.id and kind = 'postal' order by id limit 1), '') as address,
        ${lines('reference')} as line, ${lines('product')} as product, ${lines('service_level')} as service_level
      from customer c join area a on a.id = c.area_id
      left join lateral (select * from person where customer_id = c.id order by id limit 1) p on true
      where c.erased_at is null and c.reference > ${after} order by c.reference limit ${AT_ONCE}`.execute(
      db.withoutPlugins(),
    );
    const last = rows.at(-1);
    if (!last) return count;
    await write(
      writeCsv(
        customerColumns,
        rows.map((row) => customerColumns.map((column) => row[column])),
      ).slice(head),
    );
    after = last.reference;
    count += rows.length;
    progress(exportWords.customers(count));
  }
}

const points = (kind: string) =>
  sql`coalesce((select string_agg(value, '|' order by id) from contact_point where customer_id = c.id and kind = ${kind}), '')`;
const lines = (column: 'reference' | 'product' | 'service_level') =>
  sql`coalesce((select string_agg(${sql.ref(column)}, '|' order by id) from line where customer_id = c.id), '')`;
