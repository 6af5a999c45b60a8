import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { designCaseloads } from '../../src/core/caseloads/design.ts';
import { loadTerritory } from '../../src/desk/areas/load-territory.ts';
import type { Proposal } from '../../src/desk/caseloads/propose.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { createLog } from '../../src/platform/log/log.ts';
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts';
import { projectRoot } from '../../src/platform/root.ts';
import { territory } from '../caseload-territory.ts';
import { placeStaff } from './fill.ts';

const ADVISORS = 30;
const CUSTOMERS = 120_000;
const DEPARTEMENTS = ['25', '39'];
const WANTED = { ratio: 1.05, least: 0.9, most: 1.1, design: 0.05, seconds: 10 };

/** One command as somebody types it: from reading 120,000 customers to what is printed. */
interface Timed {
  proposal: Proposal;
  seconds: number;
}

export interface CaseloadsReport {
  communes: number;
  design: Timed;
  /** Without each advisor in turn. */
  departures: Timed[];
}

/** Doubs and Jura as a database of its own, and `visavis caseloads`, the built one, upon it: a design, then every departure. */
export async function benchCaseloads(say: (words: string) => void): Promise<CaseloadsReport> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-caseloads-'));
  const server = await startEmbeddedPostgres(folder, createLog('error'));
  try {
    await migrate(server.url);
    const communes = await settle(server.url);
    const ask = (...args: string[]) => visavis(server.url, ['caseloads', ...args]);
    const design = await ask('design');
    say(line('design', design));
    const departures: Timed[] = [];
    for (let leaver = 1; leaver <= ADVISORS; leaver += 1) {
      departures.push(await ask('repair', '--without', `advisor${leaver}@banc.example.org`));
      say(line(`without ${leaver}`, departures.at(-1) as Timed));
    }
    return { communes, design, departures };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Real communes, large ones in sectors, as a design has given them to thirty advisors; customers by population. */
async function settle(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await loadTerritory(pool);
  await pool.end();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await placeStaff(client, ADVISORS);
    await client.query('commit');
    const { units, seats } = territory(DEPARTEMENTS, CUSTOMERS, ADVISORS);
    const owner = designCaseloads(units, seats);
    const rows = units.map(({ id, place, customers }, index) => {
      const sector = id.split('/')[1];
      return { insee: place.commune, sector: sector ? `Secteur ${sector}` : null, customers, advisor: owner[index] };
    });
    await client.query(settled, [JSON.stringify(rows)]);
    await client.query("update roster set version = nextval('roster_number')");
    await client.query('vacuum analyze');
    return new Set(rows.map(({ insee }) => insee)).size;
  } finally {
    await client.end();
  }
}

const settled = `
  with unit as (select * from jsonb_to_recordset($1::jsonb) as u(insee text, sector text, customers int, advisor int)),
  advisors as (select advisor.id, office_id, row_number() over (order by mail) - 1 as n from advisor join pod on pod.id = pod_id),
  areas as (
    insert into area (id, commune_insee, sector, office_id, advisor_id)
      select uuidv7(), insee, sector, office_id, advisors.id from unit join advisors on n = advisor
      returning id, commune_insee, sector, advisor_id
  )
  insert into customer (id, kind, name, reference, area_id, advisor_id, created_at)
    select uuidv7(), 'household', 'Famille ' || row_number() over (), 'V' || row_number() over (), areas.id, areas.advisor_id, now() - interval '3 years'
    from areas join unit on unit.insee = commune_insee and unit.sector is not distinct from areas.sector
    cross join generate_series(1, unit.customers)`;

async function visavis(url: string, args: readonly string[]): Promise<Timed> {
  const from = performance.now();
  const program = [join(projectRoot, 'dist', 'cli.js'), ...args, '--json'];
  const env = { ...process.env, DATABASE_URL: url };
  const { stdout } = await promisify(execFile)(process.execPath, program, { env, maxBuffer: 1e9 });
  return { proposal: JSON.parse(stdout) as Proposal, seconds: (performance.now() - from) / 1000 };
}

/** Whether the design and every departure are as promised. */
export function caseloadsReached({ design, departures }: CaseloadsReport): boolean {
  const { least, most } = design.proposal.after;
  const even = least >= 1 - WANTED.design && most <= 1 + WANTED.design;
  return even && departures.every(isGood);
}

function isGood({ proposal: { after }, seconds }: Timed): boolean {
  const even = after.least >= WANTED.least && after.most <= WANTED.most;
  return ratioOf(after) <= WANTED.ratio && even && seconds < WANTED.seconds;
}

const ratioOf = ({ customersMoved, floor }: Proposal['after']) => customersMoved / floor;

/** For people. */
export function caseloadsTable(report: CaseloadsReport): string {
  const { communes, design, departures } = report;
  const range = (values: number[], digits: number) =>
    `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
  const after = departures.map(({ proposal }) => proposal.after);
  return `${communes} communes, ${CUSTOMERS.toLocaleString('en')} customers, ${ADVISORS} advisors; \`visavis caseloads\`, whole command
${line('design', design)} (target ±5 %)
${departures.filter(isGood).length} of ${departures.length} departures as promised:
customers moved ÷ floor ${range(after.map(ratioOf), 3)} (target 1.05), loads ${range(
    after.flatMap(({ least, most }) => [least, most]),
    3,
  )} (target ±10 %), ${range(
    departures.map(({ seconds }) => seconds),
    1,
  )} s (target 10)
${caseloadsReached(report) ? 'reached' : 'MISSED'}
`;
}

function line(name: string, { proposal: { after }, seconds }: Timed): string {
  const moved = after.floor > 0 ? `, moved ÷ floor ${ratioOf(after).toFixed(3)}` : '';
  return `${name}: loads ${after.least.toFixed(3)} to ${after.most.toFixed(3)}${moved}, ${seconds.toFixed(1)} s`;
}
