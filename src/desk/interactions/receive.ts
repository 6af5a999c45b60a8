import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Tx } from '../tx.ts';
import { applyDecision } from './apply-decision.ts';
import { identifySender } from './identify-sender.ts';
import type { Incoming, Received } from './incoming.ts';
import { putInTray } from './tray.ts';
import { findTwin } from './twin.ts';

/**
 * The one door for every channel: whatever reaches the operator comes through here, in one transaction with the mark
 * that it was read. It ends on exactly one customer's timeline or in the tray. The same message again (Message-ID and
 * content) changes nothing and answers what the first one did.
 */
export async function receiveInteraction(tx: Tx, actor: Actor, incoming: Incoming): Promise<Received> {
  await waitForTwins(tx, incoming);
  const twin = await findTwin(tx, incoming);
  if (twin) return twin;
  if (incoming.unreadable) return putInTray(tx, incoming, 'unreadable', []);
  const sender = await identifySender(tx, incoming);
  if ('customerId' in sender) return applyDecision(tx, actor, sender.customerId, incoming);
  return putInTray(
    tx,
    incoming,
    sender.suggestions.length > 1 ? 'several_customers' : 'unknown_sender',
    sender.suggestions,
  );
}

/** The same mail read twice at the same moment: the second waits here and then finds the first. */
async function waitForTwins(tx: Tx, { contentHash }: Incoming): Promise<void> {
  if (!contentHash) return;
  const content = contentHash.toString('hex');
  tx.keepApart(`content ${content}`);
  await sql`select pg_advisory_xact_lock(hashtextextended(${content}, 1))`.execute(tx.db);
}
