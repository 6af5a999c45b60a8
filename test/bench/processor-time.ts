import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

/** Of what is asked about, in milliseconds of processor. */
export interface ProcessorTime {
  product: number;
  database: number;
}

/** Clock ticks a second of `/proc`: 100 on every Linux there is. */
const MS_A_TICK = 10;

/** What the product and PostgreSQL have had of the processors so far; both must run on this machine. */
export async function processorTime(productPid: number, url: string): Promise<ProcessorTime> {
  const server = await serverPid(url);
  const all = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(readStat));
  const own = (pid: number) => all.find((each) => each?.pid === pid);
  const children = all.reduce((sum, each) => sum + (each?.parent === server ? each.own : 0), 0);
  const postmaster = own(server);
  return {
    product: (own(productPid)?.own ?? 0) * MS_A_TICK,
    database: (children + (postmaster?.own ?? 0) + (postmaster?.ofEnded ?? 0)) * MS_A_TICK,
  };
}

async function serverPid(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ file: string }>("select pg_read_file('postmaster.pid') as file");
  await client.end();
  return Number.parseInt(rows[0]?.file ?? '', 10);
}

/** proc(5); undefined when the process has ended meanwhile. */
async function readStat(pid: string) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (!fields) return undefined;
  const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0] = [1, 11, 12, 13, 14].map((at) =>
    Number(fields[at]),
  );
  return { pid: Number(pid), parent, own: utime + stime, ofEnded: cutime + cstime };
}
