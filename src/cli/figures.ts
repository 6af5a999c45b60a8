import { Command, Option } from 'commander';
import { dateOf, instantOf } from '../core/calendar/local-dates.ts';
import { paritySentence, percent } from '../core/continuity/parity-words.ts';
import { figureColumns, figureRows, groupRows } from '../desk/figures/csv.ts';
import { type CustomerFigures, readCustomerFigures } from '../desk/figures/customers.ts';
import { type Figures, readFigures } from '../desk/figures/figures.ts';
import { gatherFigures, rebuildFigures } from '../desk/figures/gather.ts';
import type { GroupFigures, Period } from '../desk/figures/group.ts';
import { readGroups } from '../desk/figures/read.ts';
import { writeCsv } from './csv.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';
import { toOperator } from './usage-words.ts';

interface Asked {
  from?: string;
  to?: string;
  by?: 'customer' | 'pod' | 'territory' | 'channel';
  csv?: boolean;
  rebuild?: boolean;
}

/** `visavis figures`: continuity, time to a person, promises kept and parity, from the event log. */
export function figuresCommand(withHouse: WithHouse): Command {
  return new Command('figures')
    .description(
      'how often people reach their own contact, how long they wait, promises kept, town halls and subscribers',
    )
    .option('--from <date>', 'first day, as 2026-01-31 (default: a year before the last day)')
    .option('--to <date>', 'last day (default: today)')
    .addOption(new Option('--by <division>', 'one division only').choices(['customer', 'pod', 'territory', 'channel']))
    .option('--csv', 'print a table for spreadsheets')
    .option('--rebuild', 'gather everything again from the first line of the event log')
    .addHelpText('after', '\nGroups under 10 exchanges or 10 customers are not shown. Customers are told by their id.')
    .action(async (asked: Asked, command: Command) => {
      await withHouse(async (house) => {
        const period = await periodOf(house, asked);
        if (!period)
          return refuse(
            command,
            { ok: false, why: 'bad_dates' },
            toOperator({
              fr: 'Écrivez les dates comme 2026-01-31, la première avant la dernière.',
              en: 'Write dates as 2026-01-31, the first before the last.',
            }),
          );
        progress('Gathering…');
        await house.transact(asked.rebuild ? rebuildFigures : gatherFigures);
        progress('');
        await tell(command, house, asked, period);
      });
    });
}

type House = Parameters<Parameters<WithHouse>[0]>[0];

async function tell(command: Command, { db, clock }: House, { by, csv }: Asked, period: Period): Promise<void> {
  if (by === 'customer') {
    const read = await readCustomerFigures(db, period);
    const words = csv ? customerCsv(read.customers) : customerWords(read);
    return say(command, { ...period, ...read }, words);
  }
  if (by) {
    const groups = await readGroups(db, by, period);
    return say(
      command,
      { ...period, groups },
      csv ? writeCsv(figureColumns, groupRows(by, groups)) : groupTable(groups),
    );
  }
  const figures = await readFigures(db, period, clock());
  say(command, figures, csv ? writeCsv(figureColumns, figureRows(figures)) : allWords(figures));
}

/** Whole days in the operator's time zone; null when they cannot be read. */
async function periodOf({ db, clock }: House, { from, to }: Asked): Promise<Period | null> {
  const day = /^\d{4}-\d{2}-\d{2}$/;
  if ((from && !day.test(from)) || (to && !day.test(to))) return null;
  const operator = await db.selectFrom('operator').select('timeZone').executeTakeFirst();
  const timeZone = operator?.timeZone ?? 'Europe/Paris';
  const last = to ?? dateOf(timeZone, clock());
  const first = from ?? `${Number(last.slice(0, 4)) - 1}${last.slice(4).replace('02-29', '02-28')}`;
  const since = instantOf(timeZone, first, '00:00');
  const lastDay = instantOf(timeZone, last, '00:00');
  if (!since || !lastDay || since > lastDay) return null;
  const next = new Date(Date.parse(`${last}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const until = instantOf(timeZone, next, '00:00');
  return until ? { since, until } : null;
}

function allWords(figures: Figures): string {
  const part = (heading: string, groups: readonly GroupFigures[]) => ['', heading, groupTable(groups)];
  return [
    ...part('Everything', figures.total ? [{ ...figures.total, name: 'all' }] : []),
    ...part('By pod', figures.pods),
    ...part('By territory', figures.territories),
    ...part('By channel', figures.channels),
    '',
    ...figures.parity.map((parity) => paritySentence(parity, 'en')),
  ]
    .join('\n')
    .trimStart();
}

function groupTable(groups: readonly GroupFigures[]): string {
  const headings = [
    'group',
    'exchanges',
    'own',
    'named',
    'UPC',
    'COC',
    'SECON',
    'people/year',
    'wait 50/95/99 % h',
    'kept',
  ];
  return table(headings, groups.map(groupRow));
}

function groupRow(group: GroupFigures): string[] {
  if (group.contacts === null) return [group.name, 'fewer than 10, or not shown'];
  const hours = (seconds: number) => (seconds / 3600).toFixed(1);
  const { waited, kept } = group;
  return [
    group.name,
    String(group.contacts),
    withInterval(group.own),
    withInterval(group.named),
    index(group.upc),
    index(group.coc),
    index(group.secon),
    index(group.peoplePerYear),
    waited ? `${hours(waited.p50)} / ${hours(waited.p95)} / ${hours(waited.p99)}` : '-',
    withInterval(kept?.share ?? null),
  ];
}

function withInterval(share: GroupFigures['own']): string {
  return share ? `${percent(share, 'en')} (${Math.round(share.low * 100)}–${Math.round(share.high * 100)})` : '-';
}

function index(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}

const customerColumns = ['customer', 'exchanges', 'own', 'named', 'upc', 'coc', 'secon', 'people'] as const;

function customerRow(customer: CustomerFigures): string[] {
  const { customerId, contacts, ownShare, namedShare, upc, coc, secon, people } = customer;
  return [customerId, String(contacts), ...[ownShare, namedShare, upc, coc, secon].map(index), String(people)];
}

function customerCsv(customers: readonly CustomerFigures[]): string {
  return writeCsv(customerColumns, customers.map(customerRow));
}

function customerWords({ customers, withFewer }: { customers: CustomerFigures[]; withFewer: number }): string {
  const left = `${withFewer} customers with fewer than 10 exchanges are not shown.`;
  return customers.length > 0 ? `${table(customerColumns, customers.map(customerRow))}\n\n${left}` : left;
}
