import type { DNSResolver } from 'mailauth';
import type { House } from '../../desk/house.ts';
import { failpoint } from '../../platform/failpoint.ts';
import { proveSender } from './authenticate.ts';
import { fileMail, fileUnreadable } from './file-mail.ts';
import { readBounce } from './parse/bounce.ts';
import { contentHash } from './parse/canonical.ts';
import { parseMail } from './parse/parse-mail.ts';
import type { StoredDelivery } from './reading.ts';
import { isTransient } from './transient.ts';

/**
 * Reads one delivery and puts it where a person will see it, in one transaction with the mark that it was read; so it
 * may be called as often as one likes, and be killed anywhere. What cannot be read goes to the tray with its raw bytes.
 * Throws only when trying again can help.
 */
export async function readDelivery(house: House, id: string, resolver: DNSResolver): Promise<void> {
  const delivery = await unread(house, id);
  if (!delivery) return;
  if (delivery.readings >= MOST_READINGS) {
    house.log.error({ delivery: id }, 'a mail ended the program each time it was read and goes to the tray');
    return house.transact((tx) => fileUnreadable(tx, delivery, hashOf(delivery)));
  }
  await countReading(house, id, 1);
  failpoint('read-start');
  try {
    const mail = parseMail(delivery.raw, { returnPath: delivery.envelopeFrom ?? undefined });
    const proof = await proveSender(delivery.raw, mail, delivery, house.config.trustedRelays, resolver);
    failpoint('read-parsed');
    const read = { mail, proof, bounce: readBounce(mail), hash: hashOf(delivery) };
    await house.transact(async (tx) => {
      await fileMail(tx, delivery, read);
      failpoint('read-before-commit');
    });
  } catch (error) {
    if (isTransient(error)) {
      await countReading(house, id, -1).catch(() => undefined);
      throw error;
    }
    house.log.error({ delivery: id, error: stackOf(error) }, 'a mail could not be read and goes to the tray');
    await house.transact((tx) => fileUnreadable(tx, delivery, hashOf(delivery)));
  }
  failpoint('read-after-commit');
}

const MOST_READINGS = 5;

/** Committed before the mail is looked at: it is still there when the program dies of what it finds. */
async function countReading(house: House, id: string, by: 1 | -1): Promise<void> {
  await house.db
    .updateTable('delivery')
    .set((eb) => ({ readings: eb('readings', '+', by) }))
    .where('id', '=', id)
    .execute();
}

async function unread(house: House, id: string): Promise<StoredDelivery | undefined> {
  return house.db
    .selectFrom('delivery')
    .innerJoin('blob', 'blob.sha256', 'delivery.rawSha256')
    .where('delivery.id', '=', id)
    .where('readAt', 'is', null)
    .select(['delivery.id', 'source', 'envelopeFrom', 'envelopeTo', 'remoteAddress', 'remoteName', 'receivedAt'])
    .select(['rawSha256', 'readings', 'bytes as raw'])
    .executeTakeFirst();
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function hashOf({ raw }: StoredDelivery): Buffer {
  return Buffer.from(contentHash(raw), 'hex');
}
