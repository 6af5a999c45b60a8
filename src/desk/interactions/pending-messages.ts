import type { Kysely } from 'kysely';
import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { findOneTimeLink, makeOneTimeLink, useOneTimeLink as spendLink, tokenHash } from '../people/one-time-links.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import type { IncomingAttachment, Received } from './incoming.ts';
import { receiveInteraction } from './receive.ts';

/** How long a written message waits for its writer to confirm the address. */
export const pendingDays = 7;

export interface PendingMessage {
  /** To whom it was written on the page; who answers is decided when it arrives. */
  advisorId: string;
  locale: 'fr' | 'en';
  mail: string;
  phone: string | null;
  name: string;
  communeInsee: string | null;
  text: string;
  /** The same for every submit of one filled form. */
  contentHash: Buffer;
  attachments: readonly IncomingAttachment[];
}

/**
 * Keeps a message written without an account until its writer has confirmed the mail address. Returns the token of the
 * link to send there, or undefined when this very form was sent before.
 */
export async function keepPendingMessage(tx: Tx, message: PendingMessage): Promise<string | undefined> {
  const { attachments, ...columns } = message;
  const row = await tx.db
    .insertInto('pendingMessage')
    .values({ id: newId(), ...columns, writtenAt: tx.now })
    .onConflict((conflict) => conflict.column('contentHash').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) return undefined;
  if (attachments.length > 0)
    await tx.db
      .insertInto('pendingAttachment')
      .values(
        attachments.map(({ filename, contentType, sha256 }, position) => ({
          pendingMessageId: row.id,
          position,
          filename,
          contentType,
          sha256,
        })),
      )
      .execute();
  return makeOneTimeLink(tx, {
    purpose: 'confirm_message',
    payload: { pendingMessageId: row.id },
    validForHours: pendingDays * 24,
  });
}

/** The message a link would send, while it still can be sent; opening it changes nothing. `'used'` when it has left. */
export async function readPendingMessage(db: Kysely<DB>, now: Date, token: string) {
  const link = await findOneTimeLink(db, now, 'confirm_message', token);
  if (!link) return (await wasUsed(db, token)) ? 'used' : undefined;
  return db
    .selectFrom('pendingMessage')
    .where('id', '=', pendingIdOf(link.payload))
    .select(['advisorId', 'name', 'mail', 'text'])
    .executeTakeFirst();
}

/** The button of the confirmation: the message comes in by the one door, from a writer who is proven. */
export async function confirmPendingMessage(
  tx: Tx,
  actor: Actor,
  token: string,
  subjectOf: (place: string | null, locale: 'fr' | 'en') => string,
): Promise<Received | 'used' | undefined> {
  const link = await spendLink(tx, 'confirm_message', token);
  if (!link) return (await wasUsed(tx.db, token)) ? 'used' : undefined;
  const message = await tx.db
    .updateTable('pendingMessage')
    .set({ confirmedAt: tx.now })
    .where('id', '=', pendingIdOf(link.payload))
    .returningAll()
    .executeTakeFirstOrThrow();
  const attachments = await tx.db
    .selectFrom('pendingAttachment')
    .where('pendingMessageId', '=', message.id)
    .orderBy('position')
    .select(['filename', 'contentType', 'sha256'])
    .execute();
  return receiveInteraction(tx, actor, {
    channel: 'message',
    at: tx.now,
    from: { mail: message.mail, phone: message.phone, name: message.name },
    proven: true,
    subject: subjectOf(await communeName(tx, message.communeInsee), message.locale),
    text: message.text,
    contentHash: message.contentHash,
    attachments,
    acknowledge: true,
  });
}

async function communeName(tx: Tx, insee: string | null): Promise<string | null> {
  if (!insee) return null;
  const commune = await tx.db.selectFrom('commune').where('insee', '=', insee).select('name').executeTakeFirst();
  return commune?.name ?? null;
}

async function wasUsed(db: Kysely<DB>, token: string): Promise<boolean> {
  const link = await db
    .selectFrom('oneTimeLink')
    .where('tokenSha256', '=', tokenHash(token))
    .where('purpose', '=', 'confirm_message')
    .where('usedAt', 'is not', null)
    .select('usedAt')
    .executeTakeFirst();
  return link !== undefined;
}

/** Which message a link confirms. */
export function pendingIdOf(payload: unknown): string {
  const id = (payload as { pendingMessageId?: unknown } | null)?.pendingMessageId;
  if (typeof id !== 'string') throw new Error('a link to confirm a message must name it');
  return id;
}

/** Deletes messages whose link no longer works, confirmed (they are on a timeline) or not. Returns how many. */
export async function forgetPendingMessages(tx: Tx): Promise<number> {
  const before = new Date(tx.now.getTime() - (pendingDays + 1) * 86_400_000);
  const { numDeletedRows } = await tx.db
    .deleteFrom('pendingMessage')
    .where('writtenAt', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
