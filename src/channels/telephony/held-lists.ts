import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { redirectContacts } from '../../core/telephony/redirect.ts';
import type { RingList } from '../../core/telephony/ring-list.ts';
import { writeStep } from '../../core/telephony/step.ts';
import { extensionsOf } from '../../desk/advisors/extension.ts';
import type { DB } from '../../desk/tables.ts';
import { type Roster, readRoster } from '../../desk/views/roster.ts';
import type { TelephonyDoor } from './door.ts';

/** Numbers that Kamailio holds at most: its memory is set aside at its start (about 150 bytes each). */
const MOST_NUMBERS = 200_000;
/** Who is rung when nobody knows who is free: the own advisor, the backups, and no longer a chain than this. */
const MOST_PHONES = 4;
const SCHEMA = 'id(int,auto) key_name(string) key_type(int) value_type(int) key_value(string) expires(int)';

/**
 * Writes what Kamailio needs to go on without us: who looks after each number, and whom to ring for each advisor, as
 * tables of its db_text. They are replaced whole, so that Kamailio never reads half of one.
 */
export async function writeHeldLists(db: Kysely<DB>, now: Date, door: TelephonyDoor): Promise<void> {
  if (!door.folder) return;
  const folder = join(door.folder, 'lists');
  await mkdir(folder, { recursive: true });
  await mkdir(join(door.folder, 'calls'), { recursive: true });
  const roster = await readRoster(db, now);
  const extensions = await extensionsOf(db);
  const lists = [...roster.advisors.keys()].map(
    (id): Row => [id, JSON.stringify(heldList(roster, door, chainOf(roster, id), extensions))],
  );
  const anyone: Row = [
    'anyone',
    JSON.stringify(heldList(roster, door, [...roster.leadIds, ...roster.advisors.keys()], extensions)),
  ];
  await replace(folder, 'version', 'table_name(string) table_version(int)\nown:2\nring:2\nphones:2\n');
  await replace(folder, 'ring', table([...lists, anyone]));
  await replace(folder, 'own', table(await ownersOfNumbers(db)));
  // The operator's own file: made empty once, never written again.
  await writeFile(join(folder, 'phones'), `${SCHEMA}\n`, { flag: 'wx', mode: 0o640 }).catch(() => undefined);
}

type Row = readonly [key: string, value: string];

const chainOf = (roster: Roster, id: string) => [id, ...(roster.advisors.get(id)?.backups ?? [])];

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

/** A number that several customers share is nobody's. */
async function ownersOfNumbers(db: Kysely<DB>): Promise<Row[]> {
  const rows = await db
    .selectFrom('contactPoint')
    .innerJoin('customer', 'customer.id', 'contactPoint.customerId')
    .where('contactPoint.kind', '=', 'phone')
    .where('customer.erasedAt', 'is', null)
    .groupBy('contactPoint.value')
    .having((eb) => eb.fn.count('customer.id').distinct(), '=', 1)
    .select((eb) => ['contactPoint.value', eb.fn.min(eb.cast<string>('customer.advisorId', 'text')).as('advisorId')])
    .limit(MOST_NUMBERS)
    .execute();
  return rows.map(({ value, advisorId }) => [value, advisorId]);
}

/** A table of db_text. Its separator is a colon; a backslash takes a character's meaning away. */
function table(rows: readonly Row[]): string {
  const safe = (text: string) => text.replace(/\\/g, '\\\\').replace(/:/g, '\\:').replace(/\n/g, '\\n');
  const lines = rows.map(([key, value], index) => `${index + 1}:${safe(key)}:0:0:${safe(value)}:0`);
  return `${[SCHEMA, ...lines].join('\n')}\n`;
}

async function replace(folder: string, name: string, text: string): Promise<void> {
  // Readable by Kamailio through the group of the folder; it holds numbers of customers.
  await writeFile(join(folder, `.${name}.new`), text, { mode: 0o640 });
  await rename(join(folder, `.${name}.new`), join(folder, name));
}
