import { writtenRequest } from '../../core/routing/request.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { decideWritten } from '../views/situation.ts';
import { applyDecision } from './apply-decision.ts';
import type { Incoming, Received } from './incoming.ts';

type Reason = 'unknown_sender' | 'several_customers' | 'unreadable';

/** Puts what cannot be given to one customer into the tray, with a duty owner and a due time of its own. */
export async function putInTray(
  tx: Tx,
  incoming: Incoming,
  reason: Reason,
  suggestions: readonly string[],
): Promise<Received> {
  const roster = await readRoster(tx.db, tx.now);
  const channel = incoming.channel === 'call' ? 'message' : incoming.channel;
  const request = writtenRequest(channel, null, { answerWithinMinutes: roster.policy.written.trayWithinMinutes });
  const { decision } = decideWritten(roster, request, tx.now);
  const id = newId();
  const dueAt = incoming.answerBefore ?? new Date(decision.dueAt);
  await tx.db
    .insertInto('trayItem')
    .values({
      id,
      channel: incoming.channel,
      at: incoming.at,
      party: [incoming.from.name, incoming.from.mail ?? incoming.from.phone].filter(Boolean).join(' · '),
      fromMail: incoming.from.mail ?? null,
      fromPhone: incoming.from.phone ?? null,
      subject: incoming.subject ?? '',
      text: incoming.text,
      html: incoming.html ?? null,
      messageId: incoming.messageId ?? null,
      contentHash: incoming.contentHash ?? null,
      rawSha256: incoming.rawSha256 ?? null,
      reason,
      caution: incoming.caution ?? null,
      addressedTo: incoming.addressedTo ?? null,
      suggestions: [...suggestions],
      dutyOwnerId: decision.ownerId,
      dueAt,
    })
    .execute();
  const attachments = incoming.attachments ?? [];
  if (attachments.length > 0)
    await tx.db
      .insertInto('trayAttachment')
      .values(
        attachments.map((each, position) => ({
          trayItemId: id,
          position,
          filename: each.filename,
          contentType: each.contentType,
          contentId: each.contentId ?? null,
          sha256: each.sha256,
        })),
      )
      .execute();
  await tx.record({
    type: 'tray.added',
    advisorId: decision.ownerId,
    facts: { trayItemId: id, channel: incoming.channel, reason },
  });
  return {
    kind: 'tray',
    id,
    dutyOwner: { id: decision.ownerId, name: roster.advisors.get(decision.ownerId)?.name ?? '' },
    dueAt,
    duplicate: false,
  };
}

export type Sorted =
  | { ok: true; received: Extract<Received, { kind: 'interaction' }> }
  | { ok: false; why: 'not_found' | 'already_sorted' | 'no_customer' };

/** Gives a tray item to a customer: it leaves the tray and stands on the timeline, in one transaction. */
export async function sortTrayItem(tx: Tx, actor: Actor, input: { id: string; customerId: string }): Promise<Sorted> {
  const item = await tx.db.selectFrom('trayItem').where('id', '=', input.id).selectAll().forUpdate().executeTakeFirst();
  if (!item) return { ok: false, why: 'not_found' };
  if (item.sortedAt) return { ok: false, why: 'already_sorted' };
  const customer = await tx.db
    .selectFrom('customer')
    .where('id', '=', input.customerId)
    .where('erasedAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  if (!customer) return { ok: false, why: 'no_customer' };
  const attachments = await tx.db
    .selectFrom('trayAttachment')
    .where('trayItemId', '=', item.id)
    .orderBy('position')
    .selectAll()
    .execute();
  // The tray row keeps its reference to the interaction, not the identity of the mail, which moves to the timeline.
  await tx.db
    .updateTable('trayItem')
    .set({ sortedAt: tx.now, sortedBy: staffIdOf(actor), contentHash: null, messageId: null })
    .where('id', '=', item.id)
    .execute();
  const received = await applyDecision(tx, { kind: 'system' }, input.customerId, {
    channel: item.channel,
    at: item.at,
    from: { mail: item.fromMail, phone: item.fromPhone, name: item.party },
    proven: false,
    subject: item.subject,
    text: item.text,
    html: item.html,
    messageId: item.messageId,
    contentHash: item.contentHash,
    caution: item.caution,
    acknowledge: false,
    attachments,
  });
  if (received.kind !== 'interaction') throw new Error('a sorted item must reach a timeline');
  await tx.db.updateTable('trayItem').set({ interactionId: received.id }).where('id', '=', item.id).execute();
  await tx.db
    .updateTable('delivery')
    .set({ outcome: 'interaction', interactionId: received.id, customerId: received.customerId })
    .where('trayItemId', '=', item.id)
    .execute();
  await tx.record({
    type: 'tray.sorted',
    customerId: received.customerId,
    advisorId: received.advisor.id,
    caseFileId: received.caseFileId,
    facts: { trayItemId: item.id },
  });
  return { ok: true, received };
}

/** Takes an item out of the tray without a customer (advertising, a wrong address), with a reason that stays on record. */
export async function setAsideTrayItem(
  tx: Tx,
  actor: Actor,
  input: { id: string; why: string },
): Promise<{ ok: boolean; why?: 'not_found' | 'no_reason' }> {
  const why = input.why.trim();
  if (!why) return { ok: false, why: 'no_reason' };
  const set = await tx.db
    .updateTable('trayItem')
    .set({ sortedAt: tx.now, sortedBy: staffIdOf(actor), setAsideWhy: why })
    .where('id', '=', input.id)
    .where('sortedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!set) return { ok: false, why: 'not_found' };
  await tx.record({ type: 'tray.set_aside', facts: { trayItemId: set.id } });
  return { ok: true };
}
