import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { smsWish } from '../../core/sms/wish.ts';
import { failpoint } from '../../platform/failpoint.ts';
import { system } from '../actor.ts';
import type { House } from '../house.ts';
import { addQuietly } from '../interactions/add-quietly.ts';
import type { Incoming, Received } from '../interactions/incoming.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import type { Tx } from '../tx.ts';
import { smsConversation } from './conversation.ts';
import { obeyWish } from './obey.ts';

interface Row {
  id: string;
  fromPhone: string;
  toPhone: string;
  text: string;
  groupReference: number | null;
  groupSize: number | null;
  groupPart: number | null;
  receivedAt: Date;
}

/** How long the first part of a long SMS waits for the others before it is read as it is. */
const PARTS_WITHIN_MS = 30 * 60_000;

/** Takes a kept SMS through the one door, once; a long one when its last part is here. */
export async function readSms(house: House, id: string): Promise<void> {
  failpoint('sms-read-start');
  const readings = await countReading(house, id);
  await house.transact(async (tx) => {
    const row = await lockUnread(tx, id);
    if (!row) return;
    if (readings > MOST_READINGS) return takeIn(tx, [row], true);
    const parts = await partsOf(tx, row);
    const complete = new Set(parts.map((part) => part.groupPart)).size >= (row.groupSize ?? 1);
    const waited = tx.now.getTime() - (parts[0]?.receivedAt ?? row.receivedAt).getTime();
    if (!complete && waited < PARTS_WITHIN_MS) {
      await tx.enqueue('read-sms', { id }, new Date(row.receivedAt.getTime() + PARTS_WITHIN_MS));
      return;
    }
    await takeIn(tx, parts);
    failpoint('sms-read-before-commit');
  });
}

/** One that fails each time goes to the tray, where a person reads it. */
const MOST_READINGS = 8;

async function countReading(house: House, id: string): Promise<number> {
  const row = await house.db
    .updateTable('smsDelivery')
    .set((eb) => ({ readings: eb('readings', '+', 1) }))
    .where('id', '=', id)
    .returning('readings')
    .executeTakeFirst();
  return row?.readings ?? 0;
}

/** One at a time for one number, so that two parts at once do not make two messages. */
async function lockUnread(tx: Tx, id: string): Promise<Row | undefined> {
  const row = await tx.db.selectFrom('smsDelivery').where('id', '=', id).select('fromPhone').executeTakeFirst();
  if (!row) return undefined;
  await sql`select pg_advisory_xact_lock(hashtextextended(${row.fromPhone}, 3))`.execute(tx.db);
  return unread(tx).where('id', '=', id).executeTakeFirst();
}

function unread(tx: Tx) {
  return tx.db
    .selectFrom('smsDelivery')
    .where('readAt', 'is', null)
    .select(['id', 'fromPhone', 'toPhone', 'text', 'groupReference', 'groupSize', 'groupPart', 'receivedAt']);
}

async function partsOf(tx: Tx, row: Row): Promise<Row[]> {
  if (row.groupSize === null) return [row];
  return unread(tx)
    .where('fromPhone', '=', row.fromPhone)
    .where('toPhone', '=', row.toPhone)
    .where('groupReference', '=', row.groupReference)
    .where('groupSize', '=', row.groupSize)
    .orderBy('groupPart')
    .execute();
}

async function takeIn(tx: Tx, parts: readonly Row[], unreadable = false): Promise<void> {
  const [first] = parts;
  if (!first) return;
  const text = joined(parts);
  const wish = unreadable ? undefined : smsWish(text);
  const conversation = unreadable ? undefined : await smsConversation(tx, first.fromPhone, wish !== undefined);
  const incoming: Incoming = {
    channel: 'sms',
    at: first.receivedAt,
    from: { phone: first.fromPhone },
    proven: false,
    text,
    contentHash: createHash('sha256').update(`sms ${first.id}`).digest(),
    caseFileId: conversation?.id ?? null,
    acknowledge: wish === undefined,
    unreadable,
  };
  const received =
    wish && conversation
      ? await addQuietly(tx, system, conversation, incoming)
      : await receiveInteraction(tx, system, incoming);
  if (wish) await obeyWish(tx, wish, first.fromPhone, received);
  await mark(tx, parts, received);
}

/** The parts in their order; one that never came leaves a gap that can be seen. */
function joined(parts: readonly Row[]): string {
  const size = parts[0]?.groupSize ?? 1;
  if (size === 1) return parts[0]?.text ?? '';
  return Array.from({ length: size }, (_, at) => parts.find((part) => part.groupPart === at + 1)?.text ?? ' […] ').join(
    '',
  );
}

async function mark(tx: Tx, parts: readonly Row[], received: Received): Promise<void> {
  await tx.db
    .updateTable('smsDelivery')
    .set({
      readAt: tx.now,
      customerId: received.kind === 'interaction' ? received.customerId : null,
      interactionId: received.kind === 'interaction' ? received.id : null,
      trayItemId: received.kind === 'tray' ? received.id : null,
    })
    .where(
      'id',
      'in',
      parts.map((part) => part.id),
    )
    .execute();
}
