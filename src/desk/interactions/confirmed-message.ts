import type { Kysely } from 'kysely';
import { openCommitments } from '../commitments/queries.ts';
import { tokenHash } from '../people/one-time-links.ts';
import type { DB } from '../tables.ts';
import type { Received } from './incoming.ts';
import { pendingIdOf } from './pending-messages.ts';
import { findTwin } from './twin.ts';

const TOLD_FOR_MS = 86_400_000;

/**
 * Who has the message that this link sent, and by when they answer, for whoever holds the link: for a day, and while that
 * is still owed. Undefined afterwards, and when the link was not used.
 */
export async function findConfirmedMessage(db: Kysely<DB>, now: Date, token: string): Promise<Received | undefined> {
  const link = await db
    .selectFrom('oneTimeLink')
    .where('tokenSha256', '=', tokenHash(token))
    .where('purpose', '=', 'confirm_message')
    .where('usedAt', '>', new Date(now.getTime() - TOLD_FOR_MS))
    .select(['payload', 'usedAt'])
    .executeTakeFirst();
  if (!link) return undefined;
  const message = await db
    .selectFrom('pendingMessage')
    .where('id', '=', pendingIdOf(link.payload))
    .where('confirmedAt', 'is not', null)
    .select(['contentHash', 'confirmedAt'])
    .executeTakeFirst();
  const received = message && (await findTwin({ db, now }, message));
  return received && (await isOwed(db, now, received, message.confirmedAt)) ? received : undefined;
}

/** The very promise made for it, not a later one; a tray item until it is sorted. */
async function isOwed(db: Kysely<DB>, now: Date, received: Received, confirmedAt: Date | null): Promise<boolean> {
  if (received.kind === 'tray') {
    const item = db.selectFrom('trayItem').where('id', '=', received.id).where('sortedAt', 'is', null).select('id');
    return received.dueAt > now && (await item.executeTakeFirst()) !== undefined;
  }
  const { id, dueAt } = received.commitment;
  const open = openCommitments(db).where('id', '=', id).where('madeAt', '<=', confirmedAt).select('id');
  return dueAt > now && (await open.executeTakeFirst()) !== undefined;
}
