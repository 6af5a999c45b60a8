import type { Size } from './fill.ts';
import type { Measured } from './measure.ts';
import type { PublicName } from './public.ts';
import { DISK_MS } from './waiting-disk.ts';

type Name =
  | 'bare'
  | 'intake'
  | 'bare, waiting disk'
  | 'intake, waiting disk'
  | 'live'
  | 'inbox'
  | 'timeline'
  | 'search'
  | 'announcements'
  | PublicName;

/** One figure beside what was promised. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  target: string;
  reached: boolean;
}

export interface Report {
  size: Size;
  measured: Record<Name, Measured>;
  figures: Figure[];
}

interface Facts {
  measured?: Record<Name, Measured>;
  /** Intake beside bare commits, of the same round. */
  ratio?: number;
  /** The same while each commit waits for the disk. */
  waitingRatio?: number;
  rssMb?: number;
  firstPageMs?: number;
  fromBareMs?: number;
  doctorMs?: number;
  planMs?: number;
}

/** The figures that can be told from these facts, each with its target. */
export function figuresOf(facts: Facts): Figure[] {
  const { measured, ratio, waitingRatio, rssMb, firstPageMs, fromBareMs, doctorMs, planMs } = facts;
  const figures: Figure[] = [];
  const most = (name: string, value: number | undefined, limit: number, unit: string) => {
    if (value !== undefined) figures.push({ name, value, unit, target: `< ${limit}`, reached: value < limit });
  };
  const least = (name: string, value: number | undefined, limit: number, unit: string) => {
    if (value !== undefined)
      figures.push({ name, value, unit, target: `≥ ${Number(limit.toFixed(3))}`, reached: value >= limit });
  };
  least('intake', measured?.intake.perSecond, 300, '/s');
  most('intake p95', measured?.intake.p95, 50, 'ms');
  least('intake / bare commits', ratio, 1 / 6, '');
  least(`the same, disk of ${DISK_MS} ms`, waitingRatio, 1 / 6, '');
  most('inbox p95', measured?.inbox.p95, 20, 'ms');
  most('timeline p95', measured?.timeline.p95, 20, 'ms');
  most('search p95', measured?.search.p95, 50, 'ms');
  most('live update p95', measured?.live.p95, 150, 'ms');
  most('gap of 50 announcements p99', measured?.announcements.p99, 40, 'ms');
  for (const what of ['commune page', 'post', 'feed'] as const) {
    least(`${what} from memory`, measured?.[`${what}, from memory`].perSecond, 1_000, '/s');
    least(`${what} rendered`, measured?.[`${what}, rendered`].perSecond, 200, '/s');
  }
  most('memory of the product', rssMb, 300, 'MB');
  most('npm start to first page', firstPageMs, 10_000, 'ms');
  most('npm start from a bare checkout', fromBareMs, 120_000, 'ms');
  most('visavis doctor', doctorMs, 60_000, 'ms');
  most('first answer of the planner', planMs, 2_000, 'ms');
  return figures;
}

/** For people: what was measured, then each figure beside its target. */
export function asTable({ size, measured, figures }: Report): string {
  const lines = [
    `${size.customers.toLocaleString('en')} customers, ${size.interactions.toLocaleString('en')} interactions`,
    '',
    line(['', 'a second', 'p50 ms', 'p95 ms', 'p99 ms', 'failed']),
    ...Object.entries(measured).map(([name, each]) =>
      line([name, each.perSecond.toFixed(0), short(each.p50), short(each.p95), short(each.p99), String(each.failed)]),
    ),
    '',
    line(['figure', 'value', 'target', '']),
    ...figures.map((each) =>
      line([
        each.name,
        `${short(each.value)} ${each.unit}`,
        `${each.target} ${each.unit}`,
        each.reached ? 'reached' : 'MISSED',
      ]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function line([first = '', ...rest]: readonly string[]): string {
  return `${first.padEnd(26)}${rest.map((each) => each.padStart(12)).join('')}`.trimEnd();
}
