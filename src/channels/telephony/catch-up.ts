import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Switchboard } from './door.ts';
import { type CallMessage, readMessage } from './message.ts';
import { followMessage } from './take-message.ts';

/** Accounting older than this is not looked at again: it was, on every day before. */
const LOOK_BACK_MS = 3 * 86_400_000;
const FIELDS = ['id', 'from', 'invited', 'n', 'step', 'answered', 'gone', 'played', 't'] as const;
type Line = Record<(typeof FIELDS)[number], string>;

/**
 * Follows the calls that ended while nobody listened, from Kamailio's accounting: one line a call, in a file for each of
 * its processes. A call that is known and over is left alone, so nothing happens twice. Returns how many were caught up.
 */
export async function catchUp({ house, door }: Switchboard): Promise<number> {
  if (!door.folder) return 0;
  const lines = await readAccounting(join(door.folder, 'calls'), new Date(house.clock().getTime() - LOOK_BACK_MS));
  const ids = lines.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const over = await house.db
    .selectFrom('call')
    .where('id', 'in', ids)
    .where((eb) => eb.or([eb('endedAt', 'is not', null), eb('missedAt', 'is not', null)]))
    .select('id')
    .execute();
  const known = new Set(over.map(({ id }) => id));
  const missing = lines.filter(({ id }) => !known.has(id));
  for (const line of missing)
    await house.transact(async (tx) => {
      for (const message of messagesOf(line)) await followMessage(tx, message);
    });
  return missing.length;
}

/** The messages that would have told the same. */
function messagesOf(line: Line): CallMessage[] {
  const say = (event: CallMessage['event'], t: string) => readMessage(JSON.stringify({ ...line, event, t }));
  if (line.answered) return [say('answered', line.answered), say('ended', line.t)];
  return [say(line.gone ? 'cancelled' : 'missed', line.t)];
}

async function readAccounting(folder: string, since: Date): Promise<Line[]> {
  const names = await readdir(folder).catch(() => []);
  const found: Line[] = [];
  for (const name of names) {
    const file = join(folder, name);
    if (!name.startsWith('calls_') || (await stat(file)).mtime < since) continue;
    for (const text of (await readFile(file, 'utf8')).split('\n')) {
      const line = readLine(text);
      if (line && Number(line.t) * 1000 >= since.getTime()) found.push(line);
    }
  }
  return found.sort((a, b) => Number(a.t) - Number(b.t));
}

/** Our own fields come last and hold no separator, whatever a caller put into those before. */
function readLine(text: string): Line | undefined {
  const fields = text.split('|').slice(-FIELDS.length);
  if (fields.length < FIELDS.length || !/^[0-9a-f]{32}-/.test(fields[0] ?? '')) return undefined;
  return Object.fromEntries(FIELDS.map((name, index) => [name, fields[index] ?? ''])) as Line;
}
