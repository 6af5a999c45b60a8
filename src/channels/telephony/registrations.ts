import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const FOLDER = 'registered';
const FILE = 'phones.sqlite';

/** The table of Kamailio's usrloc, as its own `db_sqlite/usrloc-create.sql` has it. */
const TABLE = `
  create table if not exists location (
    id integer primary key not null,
    ruid varchar(64) default '' not null unique,
    username varchar(64) default '' not null,
    domain varchar(64) default null,
    contact varchar(512) default '' not null,
    received varchar(128) default null,
    path varchar(512) default null,
    expires timestamp without time zone default '2030-05-28 21:32:15' not null,
    q real default 1.0 not null,
    callid varchar(255) default 'Default-Call-ID' not null,
    cseq integer default 1 not null,
    last_modified timestamp without time zone default '2000-01-01 00:00:01' not null,
    flags integer default 0 not null,
    cflags integer default 0 not null,
    user_agent varchar(255) default '' not null,
    socket varchar(64) default null,
    methods integer default null,
    instance varchar(255) default null,
    reg_id integer default 0 not null,
    server_id integer default 0 not null,
    connection_id integer default 0 not null,
    keepalive integer default 0 not null,
    partition integer default 0 not null)`;

/** Makes the file in which Kamailio keeps the phones that registered. It cannot make the table itself. */
export async function makeRegistrations(sharedFolder: string): Promise<void> {
  const folder = join(sharedFolder, FOLDER);
  const isNew = await makeForKamailio(folder);
  const file = new DatabaseSync(join(folder, FILE), { timeout: 2_000 });
  try {
    // Kept with the file: whoever writes it never waits for whoever reads it.
    file.exec('pragma journal_mode = wal');
    file.exec(TABLE);
  } finally {
    file.close();
  }
  if (isNew) await chmod(join(folder, FILE), 0o660);
}

/** The numbers of all phones that are registered now, from that file; undefined while there is none. */
export function readRegistrations(sharedFolder: string): Set<string> | undefined {
  const path = join(sharedFolder, FOLDER, FILE);
  if (!existsSync(path)) return undefined;
  const file = new DatabaseSync(path, { timeout: 2_000 });
  try {
    // Its times are days since noon of a long time ago, as SQLite counts them, and real ones.
    const query = "select distinct username from location where expires > julianday('now')";
    return new Set(
      file
        .prepare(query)
        .all()
        .map(({ username }) => String(username)),
    );
  } finally {
    file.close();
  }
}

/** A folder Kamailio writes into, under a user of its own: through the group of the shared one. True when it was made. */
export async function makeForKamailio(folder: string): Promise<boolean> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o2770);
  return made !== undefined;
}
