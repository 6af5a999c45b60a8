import { join } from 'node:path';
import { isMachine, readStep } from '../../core/telephony/step.ts';
import { unkeptAmong } from '../../desk/calls/unkept-calls.ts';
import type { Tx } from '../../desk/tx.ts';
import { LOOK_BACK_MS, readAccountingFiles } from './accounting.ts';
import type { Switchboard } from './door.ts';
import { type CallMessage, readMessage } from './message.ts';
import { followMessage } from './take-message.ts';

const FIELDS = [
  'moved',
  'to',
  'code',
  'id',
  'from',
  'invited',
  'n',
  'step',
  'answered',
  'gone',
  'played',
  't',
] as const;
type Line = Record<(typeof FIELDS)[number], string>;

/** Calls asked for in one statement: a week of a large operator has more than PostgreSQL takes at once. */
const AT_ONCE = 5_000;

/**
 * Follows the calls that ended while nobody listened, from Kamailio's accounting: one line a call, in a file for each of
 * its processes. A call that is known and over is left alone, so nothing happens twice. Returns how many were caught up.
 */
export async function catchUp({ house, door }: Switchboard): Promise<number> {
  if (!door.folder) return 0;
  const lines = await readAccounting(join(door.folder, 'calls'), new Date(house.clock().getTime() - LOOK_BACK_MS));
  let count = 0;
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    const missing = await notKnown(house.db, lines.slice(from, from + AT_ONCE));
    for (const line of missing) if (await followed(house, line)) count += 1;
  }
  return count;
}

/** One that cannot be followed must not keep the others from it. False: nothing of it is on record. */
async function followed(house: Switchboard['house'], line: Line): Promise<boolean> {
  try {
    return await house.transact(async (tx) => {
      for (const message of messagesOf(line)) await followMessage(tx, message);
      return !line.to || line.moved !== '' || isOnRecord(tx, line);
    });
  } catch (error) {
    house.log.error({ err: error, call: line.id }, 'a call could not be caught up');
    return false;
  }
}

async function isOnRecord(tx: Tx, { id }: Line): Promise<boolean> {
  return (await tx.db.selectFrom('call').where('sipId', '=', id).select('id').executeTakeFirst()) !== undefined;
}

/** Those of which the record does not tell all, and may. */
async function notKnown(db: Switchboard['house']['db'], all: readonly Line[]): Promise<Line[]> {
  const unkept = await unkeptAmong(
    db,
    all.map(({ id }) => id),
  );
  const lines = all.filter(({ id }) => !unkept.has(id));
  if (lines.length === 0) return [];
  const ids = lines.map(({ id }) => id);
  const rows = await db
    .selectFrom('call')
    .where((eb) => eb.or([eb('id', 'in', ids), eb('sipId', 'in', ids)]))
    .select(['id', 'sipId', 'answeredAt', 'endedAt', 'missedAt', 'saidOverAt', 'setAsideAt'])
    .select((eb) =>
      eb
        .exists(eb.selectFrom('callTalk').whereRef('callTalk.callId', '=', 'call.id').select('callTalk.callId'))
        .as('passedOn'),
    )
    .execute();
  const known = new Map(rows.map((row) => [row.sipId ?? row.id, row]));
  // One that somebody answered is not over before that is known: they may have, while nobody listened. Nor is its end, from an
  // advisor who only says that it is over. One the carrier refused is set aside: it has no other end.
  const isKnown = (line: Line) => {
    const row = known.get(line.id);
    if (!isTalk(line)) return row?.missedAt ?? row?.endedAt ?? row?.setAsideAt;
    return row?.answeredAt && row.endedAt && !row.saidOverAt;
  };
  // A colleague who took a call over has a line of their own under the name of that call.
  return lines.filter((line) => !isKnown(line) || (/^\+?\d{2,20}$/.test(line.moved) && !known.get(line.id)?.passedOn));
}

/** Somebody answered; not the voicemail. */
const isTalk = ({ answered, step }: Line) => answered !== '' && !isMachine(readStep(step));

/** The messages that would have told the same. */
function messagesOf(line: Line): CallMessage[] {
  const say = (event: CallMessage['event'], t: string) => readMessage(JSON.stringify({ ...line, event, t }));
  if (isTalk(line)) return [say('answered', line.answered), say('ended', line.t)];
  return [say(line.gone ? 'cancelled' : 'missed', line.t)];
}

async function readAccounting(folder: string, since: Date): Promise<Line[]> {
  const texts = await readAccountingFiles(folder, since);
  const lines = texts.flatMap((text) => text.split('\n')).flatMap((text) => readLine(text) ?? []);
  return lines.filter(({ t }) => Number(t) * 1_000 >= since.getTime()).sort((a, b) => Number(a.t) - Number(b.t));
}

/** Our own fields come last and hold no separator, whatever a caller put into those before. */
function readLine(text: string): Line | undefined {
  const fields = text.split('|').slice(-FIELDS.length);
  if (fields.length < FIELDS.length || !/^[0-9a-f]{32}-/.test(fields[FIELDS.indexOf('id')] ?? '')) return undefined;
  return Object.fromEntries(FIELDS.map((name, index) => [name, fields[index] ?? ''])) as Line;
}
