import { sql } from 'kysely';
import { readMessageId, readReplyAddress } from '../../core/identity/reply-token.ts';
import type { Tx } from '../../desk/tx.ts';
import { recipientsOf } from './conversation.ts';
import type { Bounce, BouncedRecipient } from './parse/bounce-report.ts';
import type { ReadMail, StoredDelivery } from './reading.ts';
import { tellStaff } from './tell-staff.ts';

/**
 * Acts on a delivery report: marks the address as failing and tells the advisor; "delayed" and "delivered" mark nothing.
 * It never opens or reopens a case file and never makes a customer. Returns the customer it concerned, or undefined when
 * it speaks neither of a mail of ours nor of an address on file, so that a person must look at it.
 */
export async function fileBounce(
  tx: Tx,
  delivery: StoredDelivery,
  read: ReadMail,
  bounce: Bounce,
  domain: string,
): Promise<string | undefined> {
  const concerned = await concernedBy(tx, delivery, read, bounce, domain);
  const [first] = concerned;
  if (!first) return undefined;
  for (const each of concerned) await tell(tx, each, bounce);
  return first.customerId;
}

interface Concerned {
  customerId: string;
  caseFileId: string | null;
  recipient: BouncedRecipient;
}

async function concernedBy(
  tx: Tx,
  delivery: StoredDelivery,
  { mail }: ReadMail,
  bounce: Bounce,
  domain: string,
): Promise<Concerned[]> {
  const sent = await sentMail(tx, bounce);
  const why = bounce.recipients[0];
  // The report may name the address the mail was forwarded to; ours is the one we wrote to.
  if (sent?.customerId)
    return [
      {
        customerId: sent.customerId,
        caseFileId: sent.caseFileId,
        recipient: { address: sent.toAddress, status: why?.status ?? null, diagnostic: why?.diagnostic ?? null },
      },
    ];
  const caseFile = await caseFileOfToken(tx, recipientsOf(mail, delivery.envelopeTo), bounce, domain);
  const concerned: Concerned[] = [];
  for (const recipient of bounce.recipients) {
    const onFile = await customersAt(tx, recipient.address);
    for (const { customerId } of onFile) {
      if (caseFile && caseFile.customerId !== customerId) continue;
      concerned.push({ customerId, caseFileId: caseFile?.id ?? null, recipient });
    }
  }
  const [first] = bounce.recipients;
  if (concerned.length === 0 && caseFile && first)
    return [{ customerId: caseFile.customerId, caseFileId: caseFile.id, recipient: first }];
  return concerned;
}

function sentMail(tx: Tx, { originalMessageId }: Bounce) {
  if (!originalMessageId) return undefined;
  return tx.db
    .selectFrom('outgoingMail')
    .where('messageId', '=', originalMessageId)
    .select(['customerId', 'caseFileId', 'toAddress'])
    .executeTakeFirst();
}

/** People's mail leaves with its signed reply address as envelope sender, so its report comes back there. */
async function caseFileOfToken(tx: Tx, recipients: readonly string[], bounce: Bounce, domain: string) {
  const keys = { current: tx.signingKey, older: tx.olderKeys };
  const signed = bounce.originalMessageId ? readMessageId(bounce.originalMessageId, domain, keys) : null;
  const id = signed?.caseFileId ?? recipients.map((each) => readReplyAddress(each, domain, keys)).find(Boolean);
  if (!id) return undefined;
  return tx.db.selectFrom('caseFile').where('id', '=', id).select(['id', 'customerId']).executeTakeFirst();
}

function customersAt(tx: Tx, address: string) {
  return tx.db
    .selectFrom('contactPoint')
    .where('kind', '=', 'mail')
    .where('value', '=', address.toLowerCase())
    .select('customerId')
    .distinct()
    .execute();
}

async function tell(tx: Tx, { customerId, caseFileId, recipient }: Concerned, bounce: Bounce): Promise<void> {
  const { address } = recipient;
  const why = recipient.diagnostic ?? recipient.status;
  if (bounce.action === 'delivered') return;
  if (bounce.action === 'delayed') return tellStaff(tx, { customerId, caseFileId }, { kind: 'delayed', address, why });
  await tx.db
    .updateTable('contactPoint')
    .set({ failingSince: sql<Date>`coalesce(failing_since, ${tx.now})`, failingWhy: why?.slice(0, 500) ?? null })
    .where('customerId', '=', customerId)
    .where('kind', '=', 'mail')
    .where('value', '=', address.toLowerCase())
    .execute();
  await tellStaff(tx, { customerId, caseFileId }, { kind: 'bounced', address, why });
}
