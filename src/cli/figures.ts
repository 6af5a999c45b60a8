import { Command, Option } from 'commander';
import { dateOf, instantOf } from '../core/calendar/local-dates.ts';
import { paritySentence, percent } from '../core/continuity/parity-words.ts';
import { type Locale, typeset } from '../core/text/typeset.ts';
import { figureColumns, figureRows, groupRows } from '../desk/figures/csv.ts';
import { type CustomerFigures, readCustomerFigures } from '../desk/figures/customers.ts';
import { type Figures, readFigures } from '../desk/figures/figures.ts';
import { gatherFigures, rebuildFigures } from '../desk/figures/gather.ts';
import type { GroupFigures, Period } from '../desk/figures/group.ts';
import { readGroups } from '../desk/figures/read.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import { writeCsv } from './csv.ts';
import { decimals } from './decimals.ts';
import { figuresHelp, figuresSaid, figuresWords } from './figures-words.ts';
import { asIs, progress, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';
import { allToOperator } from './usage-words.ts';

interface Asked {
  from?: string;
  to?: string;
  by?: 'customer' | 'pod' | 'territory' | 'channel';
  csv?: boolean;
  rebuild?: boolean;
}

/** `visavis figures`: continuity, time to a person, promises kept and parity, from the event log. */
export function figuresCommand(withHouse: WithHouse): Command {
  const help = allToOperator(figuresHelp);
  return new Command('figures')
    .description(help.about)
    .option('--from <date>', help.from)
    .option('--to <date>', help.to)
    .addOption(new Option('--by <division>', help.by).choices(['customer', 'pod', 'territory', 'channel']))
    .option('--csv', help.csv)
    .option('--rebuild', help.rebuild)
    .addHelpText('after', `\n${help.after}`)
    .action(async (asked: Asked, command: Command) => {
      await withHouse(async (house) => {
        const period = await periodOf(house, asked);
        if (!period) return refuse(command, { ok: false, why: 'bad_dates' }, figuresSaid.badDates);
        progress(figuresSaid.gathering);
        await house.transact(asked.rebuild ? rebuildFigures : gatherFigures);
        progress('');
        await tell(command, house, asked, period);
      });
    });
}

type House = Parameters<Parameters<WithHouse>[0]>[0];

async function tell(command: Command, { db, clock }: House, { by, csv }: Asked, period: Period): Promise<void> {
  const language = operatorLanguage(process.env);
  if (by === 'customer') {
    const read = await readCustomerFigures(db, period);
    const words = csv ? customerCsv(read.customers) : customerWords(read, language);
    return say(command, { ...period, ...read }, asIs(words));
  }
  if (by) {
    const groups = await readGroups(db, by, period);
    const named = by === 'channel' ? channelsNamed(groups, language) : groups;
    const words = csv ? writeCsv(figureColumns, groupRows(by, groups)) : groupTable(named, language);
    return say(command, { ...period, groups }, asIs(words));
  }
  const figures = await readFigures(db, period, clock());
  say(command, figures, asIs(csv ? writeCsv(figureColumns, figureRows(figures)) : allWords(figures, language)));
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

function allWords(figures: Figures, language: Locale): string {
  const words = figuresWords[language];
  const part = (heading: string, groups: readonly GroupFigures[]) => ['', heading, groupTable(groups, language)];
  return [
    ...part(words.everything, figures.total ? [{ ...figures.total, name: words.all }] : []),
    ...part(words.byPod, figures.pods),
    ...part(words.byTerritory, figures.territories),
    ...part(words.byChannel, channelsNamed(figures.channels, language)),
    '',
    ...figures.parity.map((parity) => paritySentence(parity, language)),
  ]
    .join('\n')
    .trimStart();
}

function channelsNamed(groups: readonly GroupFigures[], language: Locale): GroupFigures[] {
  const names: Record<string, string> = figuresWords[language].channels;
  return groups.map((group) => ({ ...group, name: names[group.key] ?? group.name }));
}

function groupTable(groups: readonly GroupFigures[], language: Locale): string {
  return table(
    figuresWords[language].head,
    groups.map((group) => groupRow(group, language)),
  );
}

function groupRow(group: GroupFigures, language: Locale): string[] {
  if (group.contacts === null) return [group.name, figuresWords[language].hidden];
  const hours = (seconds: number) => decimals(seconds / 3600, 1, language);
  const mean = (value: number | null) => (value === null ? '-' : decimals(value, 2, language));
  const { waited, kept } = group;
  return [
    group.name,
    String(group.contacts),
    withInterval(group.own, language),
    withInterval(group.named, language),
    mean(group.upc),
    mean(group.coc),
    mean(group.secon),
    mean(group.peoplePerYear),
    waited ? `${hours(waited.p50)} / ${hours(waited.p95)} / ${hours(waited.p99)}` : '-',
    withInterval(kept?.share ?? null, language),
  ];
}

function withInterval(share: GroupFigures['own'], language: Locale): string {
  return share ? `${percent(share, language)} (${Math.round(share.low * 100)}–${Math.round(share.high * 100)})` : '-';
}

const customerColumns = figuresWords.en.customersHead;

/** Shares with the decimal point of this language; tables for spreadsheets have the English one. */
function customerRow(customer: CustomerFigures, language: Locale): string[] {
  const { customerId, contacts, ownShare, namedShare, upc, coc, secon, people } = customer;
  const shares = [ownShare, namedShare, upc, coc, secon];
  const written = shares.map((value) => (value === null ? '-' : decimals(value, 2, language)));
  return [customerId, String(contacts), ...written, String(people)];
}

function customerCsv(customers: readonly CustomerFigures[]): string {
  return writeCsv(
    customerColumns,
    customers.map((customer) => customerRow(customer, 'en')),
  );
}

interface CustomersRead {
  customers: CustomerFigures[];
  withFewer: number;
}

function customerWords({ customers, withFewer }: CustomersRead, language: Locale): string {
  const { customersHead, withFewer: fewer } = figuresWords[language];
  const left = typeset(fewer(withFewer), language);
  if (customers.length === 0) return left;
  const rows = customers.map((customer) => customerRow(customer, language));
  return `${table(customersHead, rows)}\n\n${left}`;
}
