import { createHash } from 'node:crypto';
import { mkdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { absentUntil } from '../../core/commitments/cover.ts';
import { redirectContacts } from '../../core/telephony/redirect.ts';
import type { RingList } from '../../core/telephony/ring-list.ts';
import { writeStep } from '../../core/telephony/step.ts';
import { extensionsOf } from '../../desk/advisors/extension.ts';
import type { DB } from '../../desk/tables.ts';
import { type Roster, readRoster } from '../../desk/views/roster.ts';
import type { TelephonyDoor } from './door.ts';
import { makeForKamailio, makeRegistrations } from './registrations.ts';

/**
 * Numbers that Kamailio holds at most: callers from others ring anyone while Visavis is silent. Its memory is set aside at
 * its start: 1.5 kB each while they are read, then 500 bytes.
 */
export const MOST_NUMBERS = 200_000;
/** Who is rung when nobody knows who is free: the own advisor, the backups, and no longer a chain than this. */
const MOST_PHONES = 4;
const SCHEMA = 'id(int,auto) key_name(string) key_type(int) value_type(int) key_value(string) expires(int)';

/** One list as Kamailio holds it: the lines of its table, and what names this state of it. */
interface HeldList {
  lines: string;
  version: string;
}

export interface HeldLists {
  /** Who looks after each number. */
  own: HeldList;
  /** Whom to ring for each advisor, and for a number nobody knows. */
  ring: HeldList;
}

/**
 * Writes what Kamailio needs to go on without us: who looks after each number, and whom to ring for each advisor, as
 * tables of its db_text. They are replaced whole, so that Kamailio never reads half of one; what is `last` again is not
 * written again.
 */
export async function writeHeldLists(
  db: Kysely<DB>,
  now: Date,
  door: TelephonyDoor,
  last?: HeldLists,
): Promise<HeldLists | undefined> {
  if (!door.folder) return undefined;
  const folder = join(door.folder, 'lists');
  await mkdir(folder, { recursive: true });
  await makeForKamailio(join(door.folder, 'calls'));
  if (door.phones === 'registrar') await makeRegistrations(door.folder);
  const roster = await readRoster(db, now);
  const extensions = await extensionsOf(db);
  const lists = [...roster.advisors.keys()].map(
    (id): Row => [
      id,
      JSON.stringify(heldList(roster, door, whoIsThereFirst(roster, chainOf(roster, id), now), extensions)),
    ],
  );
  const everyone = [...roster.leadIds, ...roster.advisors.keys()];
  const anyone: Row = [
    'anyone',
    JSON.stringify(heldList(roster, door, whoIsThereFirst(roster, everyone, now), extensions)),
  ];
  const held = { own: named(await ownersOfNumbers(db)), ring: named(linesOf([...lists, anyone])) };
  await replace(folder, 'version', 'table_name(string) table_version(int)\nown:2\nring:2\nphones:2\n');
  for (const name of ['ring', 'own'] as const)
    if (held[name].version !== last?.[name].version) await replace(folder, name, table(held[name]));
  // The operator's own file: made empty once, never written again.
  await writeFile(join(folder, 'phones'), `${SCHEMA}\n`, { flag: 'wx', mode: 0o640 }).catch(() => undefined);
  return held;
}

type Row = readonly [key: string, value: string];

const chainOf = (roster: Roster, id: string) => [id, ...(roster.advisors.get(id)?.backups ?? [])];

/** Who is absent is rung after all others, and not left out: the list may outlast the absence. */
function whoIsThereFirst(roster: Roster, ids: readonly string[], now: Date): string[] {
  const isAbsent = (id: string) => absentUntil(id, now.getTime(), roster.absences) !== null;
  return [...ids.filter((id) => !isAbsent(id)), ...ids.filter(isAbsent)];
}

function heldList(
  roster: Roster,
  door: TelephonyDoor,
  ids: readonly string[],
  extensions: ReadonlyMap<string, string>,
): Omit<RingList, 'steps'> & { steps: string; contacts: string } {
  const chain = [...new Set(ids)].slice(0, MOST_PHONES);
  const phones = chain.map((id) => ({
    uri: `sip:${roster.advisors.get(id)?.phone}@${door.phones}`,
    ...(door.phones === 'registrar' ? {} : { dst_uri: `sip:${door.phones}` }),
    fr_timer: 1_500,
    fr_inv_timer: roster.policy.call.ringSeconds * 1_000,
  }));
  const last = door.fallback ? [{ uri: door.fallback, fr_timer: 2_000, fr_inv_timer: 30_000 }] : [];
  const steps = [...chain.map((advisorId) => writeStep({ kind: 'ring', advisorId })), ...last.map(() => 'fallback')];
  const known = door.phones === 'registrar' ? [] : chain;
  const uris = known.map((id) => `sip:${extensions.get(id) ?? roster.advisors.get(id)?.phone}@${door.phones}`);
  const contacts = redirectContacts([...uris, ...(door.fallback ? [door.fallback] : [])]);
  return {
    steps: steps.join('/'),
    contacts,
    rtjson: { version: '1.0', routing: 'serial', routes: [...phones, ...last] },
  };
}

/**
 * A line for each number, made by the database: a hundred thousand of them here would keep callers waiting. A number that
 * several customers share is nobody's. Numbers and ids hold nothing that would have to be escaped.
 */
async function ownersOfNumbers(db: Kysely<DB>): Promise<string> {
  const { rows } = await sql<{ lines: string | null }>`
    select string_agg(hashtext(value) & 2147483647 || ':' || value || ':0:0:' || advisor_id || ':0', e'\n' order by value)
      as lines
    from (
      select point.value, min(customer.advisor_id::text) as advisor_id
      from (select value, customer_id from contact_point where kind = 'phone' and value ~ '^[+]?[0-9]+$'
        order by value using ~<~ limit ${MOST_NUMBERS}) as point
      join customer on customer.id = point.customer_id
      where customer.erased_at is null
      group by point.value having count(distinct customer.id) = 1) as owner`.execute(db);
  return rows[0]?.lines ?? '';
}

/** Whether there are more numbers on file than Kamailio holds. */
export async function numbersAreLeftOut(db: Kysely<DB>, most = MOST_NUMBERS): Promise<boolean> {
  const row = await db
    .selectFrom('contactPoint')
    .where('kind', '=', 'phone')
    .orderBy(sql`value using ~<~`)
    .offset(most)
    .limit(1)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Lines of db_text. Its separator is a colon; a backslash takes a character's meaning away. */
function linesOf(rows: readonly Row[]): string {
  const safe = (text: string) => text.replace(/\\/g, '\\\\').replace(/:/g, '\\:').replace(/\n/g, '\\n');
  return rows.map(([key, value], index) => `${index + 1}:${safe(key)}:0:0:${safe(value)}:0`).join('\n');
}

const named = (lines: string): HeldList => ({ lines, version: createHash('sha256').update(lines).digest('hex') });

/** The name of its state is held with it: Kamailio then knows whether a file is new to it. */
const table = ({ lines, version }: HeldList) => `${SCHEMA}\n0:version:0:0:${version}:0\n${lines}${lines && '\n'}`;

async function replace(folder: string, name: string, text: string): Promise<void> {
  // Readable by Kamailio through the group of the folder; it holds numbers of customers.
  const part = join(folder, `.${name}.${process.pid}`);
  await writeFile(part, text, { mode: 0o640 });
  // db_text knows a new file by the second it was written in.
  const before = await stat(join(folder, name)).catch(() => undefined);
  const writtenAt = Math.max(Date.now(), (before?.mtimeMs ?? 0) + 1_000) / 1_000;
  await utimes(part, writtenAt, writtenAt);
  await rename(part, join(folder, name));
}

/** More changes than these are read from the file at once. */
const MOST_TOLD = 2_000;

/**
 * What to tell Kamailio of lists that were written: each number that changed, or to read the files again, which it does
 * only where it holds another state. Reading a hundred thousand numbers takes it a second in which calls wait.
 */
export function newsOf(held: HeldLists, last?: HeldLists): object[] {
  const again = (['ring', 'own'] as const).map((name) => ({ reload: name, version: held[name].version }));
  if (!last || last.own.version === held.own.version) return again;
  const changed = changedNumbers(last.own.lines, held.own.lines);
  if (changed.length > MOST_TOLD) return again;
  return [again[0] ?? {}, ...changed, { own: 'version', is: held.own.version, was: last.own.version }];
}

function changedNumbers(before: string, after: string): { own: string; is: string }[] {
  const [old, now] = [new Set(before.split('\n')), new Set(after.split('\n'))];
  const told = (line: string, is: string | undefined) => ({ own: line.split(':')[1] ?? '', is: is ?? '' });
  const gone = [...old].filter((line) => line && !now.has(line)).map((line) => told(line, ''));
  const come = [...now].filter((line) => line && !old.has(line)).map((line) => told(line, line.split(':')[4]));
  const moved = new Set(come.map(({ own }) => own));
  return [...gone.filter(({ own }) => !moved.has(own)), ...come];
}
