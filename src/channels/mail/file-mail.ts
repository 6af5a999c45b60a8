import { sql } from 'kysely';
import { system } from '../../desk/actor.ts';
import { knownAlias } from '../../desk/aliases/aliases.ts';
import { storeBlob } from '../../desk/interactions/blobs.ts';
import type { Incoming, IncomingAttachment, Received } from '../../desk/interactions/incoming.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import type { Tx } from '../../desk/tx.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { fileBounce } from './bounces.ts';
import { conversationOf, recipientsOf } from './conversation.ts';
import { isOurs } from './our-domain.ts';
import { messageIdOf } from './parse/canonical.ts';
import type { MailAttachment, ParsedMail } from './parse/parsed-mail.ts';
import type { ThreadFinding } from './parse/thread.ts';
import type { ReadMail, StoredDelivery } from './reading.ts';
import { type Caution, cautionWords } from './staff-words.ts';

/** A mail found in a mailbox long after it was written is filed, but nobody is told so by a machine. */
const ACKNOWLEDGE_WITHIN_MS = 3 * 86_400_000;

/** Puts a mail that was read where a person will see it, and marks its delivery as read, in the caller's transaction. */
export async function fileMail(tx: Tx, delivery: StoredDelivery, read: ReadMail): Promise<void> {
  if (!(await lockUnread(tx, delivery.id, read.hash))) return;
  const { operator } = await readRoster(tx.db, tx.now);
  const domain = operator.mailDomain.toLowerCase();
  if (await isOurOwn(tx, read.mail, domain)) return markRead(tx, delivery, read.hash, { outcome: 'ignored' });
  // The envelope of a copy may say otherwise: it is seen where the first of its content was.
  const first = await filedBounce(tx, read.hash);
  if (first) return markRead(tx, delivery, read.hash, { outcome: 'bounce', customerId: first.customerId });
  if (read.bounce && !(await isWithPeople(tx, read.hash))) {
    const customerId = await fileBounce(tx, delivery, read, read.bounce, domain);
    if (customerId !== undefined) return markRead(tx, delivery, read.hash, { outcome: 'bounce', customerId });
  }
  const incoming = await incomingOf(tx, delivery, read, domain);
  await markReceived(tx, delivery, read.hash, await receiveInteraction(tx, system, incoming));
}

/** Puts the raw bytes into the tray, whatever they are. */
export async function fileUnreadable(tx: Tx, delivery: StoredDelivery, hash: Buffer): Promise<void> {
  if (!(await lockUnread(tx, delivery.id, hash))) return;
  const received = await receiveInteraction(tx, system, {
    channel: 'mail',
    at: delivery.receivedAt,
    from: { mail: delivery.envelopeFrom || null },
    proven: false,
    text: '',
    messageId: messageIdOf(delivery.raw),
    contentHash: hash,
    rawSha256: delivery.rawSha256,
    unreadable: true,
    acknowledge: false,
  });
  await markReceived(tx, delivery, hash, received);
}

/** One worker at a time on one delivery, and on deliveries of one content. False when another has read it meanwhile. */
async function lockUnread(tx: Tx, id: string, hash: Buffer): Promise<boolean> {
  const row = await tx.db.selectFrom('delivery').where('id', '=', id).select('readAt').forUpdate().executeTakeFirst();
  if (!row || row.readAt) return false;
  await sql`select pg_advisory_xact_lock(hashtextextended(${hash.toString('hex')}, 1))`.execute(tx.db);
  return true;
}

/** The delivery of the same content that was filed as a bounce; its kind stands in the text, as in the index that holds bounces alone. */
function filedBounce(tx: Tx, hash: Buffer) {
  return tx.db
    .selectFrom('delivery')
    .where('contentHash', '=', hash)
    .where('outcome', '=', sql.lit('bounce'))
    .select('customerId')
    .limit(1)
    .executeTakeFirst();
}

/** Whether the same content lies before a person already, on a timeline or in the tray. */
async function isWithPeople(tx: Tx, hash: Buffer): Promise<boolean> {
  const found = await tx.db
    .selectFrom('interaction')
    .where('contentHash', '=', hash)
    .select('id')
    .unionAll(tx.db.selectFrom('trayItem').where('contentHash', '=', hash).select('id'))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** A mail we wrote ourselves that came back to one of our mailboxes, by a copy or a rule. */
async function isOurOwn(tx: Tx, { from, messageId }: ParsedMail, domain: string): Promise<boolean> {
  if (!messageId || !from.address || !isOurs(from.address, domain)) return false;
  const ours = await tx.db
    .selectFrom('outgoingMail')
    .where('messageId', '=', messageId)
    .select('id')
    .executeTakeFirst();
  return ours !== undefined;
}

async function incomingOf(tx: Tx, delivery: StoredDelivery, read: ReadMail, domain: string): Promise<Incoming> {
  const { mail, proof, hash } = read;
  // A report we could not make out must not reopen anything: it is for a person to read.
  const thread: ThreadFinding =
    mail.automatic.kind === 'bounce' ? { kind: 'new' } : await conversationOf(tx, mail, delivery.envelopeTo, domain);
  const own = mail.from.address !== null && isOurs(mail.from.address, domain);
  const aliases = await aliasesAmong(tx, recipientsOf(mail, delivery.envelopeTo), domain);
  // Sent to an address that no page has shown for a month, or that was harvested, and to no other of ours.
  const lessTrusted = aliases.length > 0 && aliases.every((alias) => alias !== undefined && !alias.trusted);
  const cautions = [...(await cautionsOf(tx, read, thread, own)), ...(lessTrusted ? (['old-alias'] as const) : [])];
  const recent = tx.now.getTime() - delivery.receivedAt.getTime() < ACKNOWLEDGE_WITHIN_MS;
  const operator = await tx.db.selectFrom('operator').select('locale').executeTakeFirst();
  return {
    channel: 'mail',
    at: delivery.receivedAt,
    from: { mail: mail.from.address, name: mail.from.name || null },
    proven: proof === 'pass' && !own && !lessTrusted,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    contentHash: hash,
    rawSha256: delivery.rawSha256,
    caseFileId: thread.kind === 'join' ? thread.caseFileId : null,
    caution: cautionWords(cautions, operator?.locale ?? 'fr'),
    addressedTo: aliases.find((alias) => alias !== undefined)?.advisorId ?? null,
    automatic: mail.automatic.kind !== 'none',
    unreadable: mail.warnings.some((warning) => warning.startsWith('could not be read')),
    acknowledge: mail.automatic.kind === 'none' && !own && recent && delivery.envelopeFrom !== '' && proof !== 'fail',
    attachments: await storeAttachments(tx, mail.attachments),
  };
}

/** For each of our addresses it was sent to, the public alias it is, or undefined. */
function aliasesAmong(tx: Tx, recipients: readonly string[], domain: string) {
  const ours = recipients.filter((address) => isOurs(address, domain));
  return Promise.all(ours.map((address) => knownAlias(tx, address)));
}

async function cautionsOf(
  tx: Tx,
  { mail, proof, hash }: ReadMail,
  thread: ThreadFinding,
  own: boolean,
): Promise<Caution[]> {
  const cautions: Caution[] = [];
  if (own) cautions.push('claims-own-address');
  else if (proof === 'fail') cautions.push('not-from-domain');
  if (thread.kind === 'join' && !own && !(await isOnFile(tx, thread.caseFileId, mail.from.address)))
    cautions.push('new-address');
  if (thread.kind === 'beside') cautions.push(thread.why === 'several-tokens' ? 'several-tokens' : 'beside');
  if (mail.messageId && (await hasNamesake(tx, mail.messageId, hash))) cautions.push('same-id');
  return cautions;
}

/** A signed address can be forwarded: whoever holds it may write, but is not the customer for that. */
async function isOnFile(tx: Tx, caseFileId: string, address: string | null): Promise<boolean> {
  const point = await tx.db
    .selectFrom('contactPoint')
    .innerJoin('caseFile', 'caseFile.customerId', 'contactPoint.customerId')
    .where('caseFile.id', '=', caseFileId)
    .where('kind', '=', 'mail')
    .where('value', '=', address?.toLowerCase() ?? '')
    .select('contactPoint.id')
    .executeTakeFirst();
  return point !== undefined;
}

async function hasNamesake(tx: Tx, messageId: string, hash: Buffer): Promise<boolean> {
  const among = (table: 'interaction' | 'trayItem') =>
    tx.db
      .selectFrom(table)
      .where('messageId', '=', messageId)
      .where('contentHash', 'is not', null)
      .where('contentHash', '!=', hash)
      .select('id')
      .executeTakeFirst();
  return Boolean((await among('interaction')) ?? (await among('trayItem')));
}

async function storeAttachments(tx: Tx, attachments: readonly MailAttachment[]): Promise<IncomingAttachment[]> {
  const stored: IncomingAttachment[] = [];
  for (const [index, each] of attachments.entries()) {
    const name = each.filename?.replaceAll('\u0000', '').trim();
    stored.push({
      filename: name || `${index + 1}${extensionOf(each.contentType)}`,
      contentType: each.contentType.replaceAll('\u0000', '') || 'application/octet-stream',
      contentId: each.contentId?.replaceAll('\u0000', '') ?? null,
      sha256: await storeBlob(tx, each.bytes),
    });
  }
  return stored;
}

function extensionOf(contentType: string): string {
  if (contentType === 'message/rfc822') return '.eml';
  return /^text\/(calendar|html)$/.test(contentType) ? (contentType.endsWith('html') ? '.html' : '.ics') : '.bin';
}

function markReceived(tx: Tx, delivery: StoredDelivery, hash: Buffer, received: Received): Promise<void> {
  return markRead(
    tx,
    delivery,
    hash,
    received.kind === 'tray'
      ? { outcome: 'tray', trayItemId: received.id }
      : { outcome: 'interaction', interactionId: received.id, customerId: received.customerId },
  );
}

interface Outcome {
  outcome: 'interaction' | 'tray' | 'bounce' | 'ignored';
  customerId?: string | null;
  interactionId?: string;
  trayItemId?: string;
}

async function markRead(tx: Tx, delivery: StoredDelivery, contentHash: Buffer, outcome: Outcome): Promise<void> {
  await tx.db
    .updateTable('delivery')
    .set({ readAt: tx.now, contentHash, ...outcome })
    .where('id', '=', delivery.id)
    .execute();
}
