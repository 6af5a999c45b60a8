import { readReplyAddress } from '../../core/identity/reply-token.ts';
import type { Tx } from '../../desk/tx.ts';
import { headersOf, type ParsedMail } from './parse/parsed-mail.ts';
import { findConversation, type KnownConversation, type ThreadFinding } from './parse/thread.ts';

const MOST_REFERENCES = 50;

/** The conversation a mail belongs to, by the signed reply addresses it was sent to and the mails it refers to. */
export async function conversationOf(
  tx: Tx,
  mail: ParsedMail,
  envelopeTo: readonly string[],
  domain: string,
): Promise<ThreadFinding> {
  const keys = { current: tx.signingKey, older: tx.olderKeys };
  const tokenCaseFileIds = recipientsOf(mail, envelopeTo)
    .map((address) => readReplyAddress(address, domain, keys))
    .filter((id) => id !== null);
  const references = [...new Set([...mail.references, ...(mail.inReplyTo ? [mail.inReplyTo] : [])])].slice(
    -MOST_REFERENCES,
  );
  const referred = await referredMails(tx, references);
  const caseFileIds = [...new Set([...tokenCaseFileIds, ...referred.map((each) => each.caseFileId)])];
  const conversations = await Promise.all(caseFileIds.map((id) => conversation(tx, id, referred)));
  return findConversation({
    tokenCaseFileIds,
    references,
    sender: mail.from.address,
    conversations: conversations.filter((one) => one !== undefined),
  });
}

/** Everywhere a signed reply address may stand: the envelope, and headers for mailboxes that do not tell theirs. */
export function recipientsOf(mail: ParsedMail, envelopeTo: readonly string[]): string[] {
  const named = [...mail.to, ...mail.cc].map((one) => one.address).filter((address) => address !== null);
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => headersOf(mail, name));
  return [...new Set([...envelopeTo, ...named, ...delivered].map((address) => address.trim().toLowerCase()))];
}

type Referred = { messageId: string; caseFileId: string };

async function referredMails(tx: Tx, references: readonly string[]): Promise<Referred[]> {
  if (references.length === 0) return [];
  const received = await tx.db
    .selectFrom('interaction')
    .where('messageId', 'in', references)
    .select(['messageId', 'caseFileId'])
    .execute();
  const written = await tx.db
    .selectFrom('outgoingMail')
    .where('messageId', 'in', references)
    .where('caseFileId', 'is not', null)
    .select(['messageId', 'caseFileId'])
    .execute();
  return [...received, ...written].filter(
    (each): each is Referred => each.messageId !== null && each.caseFileId !== null,
  );
}

/** Who takes part: the customer's own addresses, whoever wrote in it before, and whomever we wrote to. */
async function conversation(
  tx: Tx,
  caseFileId: string,
  referred: readonly Referred[],
): Promise<KnownConversation | undefined> {
  const caseFile = await tx.db
    .selectFrom('caseFile')
    .where('id', '=', caseFileId)
    .select('customerId')
    .executeTakeFirst();
  if (!caseFile) return undefined;
  const onFile = tx.db
    .selectFrom('contactPoint')
    .where('customerId', '=', caseFile.customerId)
    .where('kind', '=', 'mail')
    .select('value as address');
  const written = tx.db
    .selectFrom('outgoingMail')
    .where('caseFileId', '=', caseFileId)
    .where('kind', 'in', ['reply', 'pass_on'])
    .select('toAddress as address');
  const wrote = tx.db
    .selectFrom('interaction')
    .where('caseFileId', '=', caseFileId)
    .where('channel', '=', 'mail')
    .where('direction', '=', 'in')
    .select('party as address');
  const people = await onFile.union(written).union(wrote).execute();
  return {
    caseFileId,
    messageIds: referred.filter((each) => each.caseFileId === caseFileId).map((each) => each.messageId),
    participants: people.map((each) => each.address),
  };
}
