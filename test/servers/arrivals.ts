import type { DNSResolver } from 'mailauth';
import { storeDelivery } from '../../src/channels/mail/deliveries.ts';
import { readDelivery } from '../../src/channels/mail/read-delivery.ts';
import type { TestDatabase } from '../database.ts';
import { dnsOf } from './dns.ts';
import { testHouse } from './house.ts';

/** Any address of the organisation. */
export const CONTACT = 'contact@regie.example.org';

let letters = 0;
export interface Letter {
  from: string;
  subject?: string;
  text?: string;
  /** Message-ID without angle brackets. */
  id?: string;
  headers?: string[];
}

/** A plain letter to the organisation; every part can be chosen. */
export function letter({
  from,
  subject = 'Plus de téléphone',
  text = 'La ligne est coupée.',
  id,
  headers = [],
}: Letter): Buffer {
  letters += 1;
  const typed = headers.some((header) => /^content-type/i.test(header));
  const lines = [
    `From: ${from}`,
    `To: ${CONTACT}`,
    `Subject: ${subject}`,
    `Message-ID: <${id ?? `letter${letters}@example.org`}>`,
    ...headers,
    ...(typed ? [] : ['Content-Type: text/plain; charset=utf-8']),
    '',
    text,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

export interface Way {
  to?: string;
  envelopeFrom?: string;
  resolver?: DNSResolver;
  trustedRelays?: string;
  receivedAt?: Date;
}

/** Mails that arrive in this database, and what became of them. */
export function arrivals(db: TestDatabase) {
  const newest = () =>
    db.database.kysely.selectFrom('delivery').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  return {
    /** Stores a delivery and reads it; answers what it became. */
    arrive: async (raw: Buffer, way: Way = {}) => {
      await db.transact((tx) =>
        storeDelivery(tx, {
          source: 'smtp',
          raw,
          envelopeFrom: way.envelopeFrom ?? 'someone@example.org',
          envelopeTo: [way.to ?? CONTACT],
          remoteAddress: '192.0.2.7',
          remoteName: 'mx.example.org',
          receivedAt: way.receivedAt ?? db.clock.now,
        }),
      );
      const { id } = await newest();
      const house = testHouse(db, way.trustedRelays ? { VISAVIS_TRUSTED_RELAYS: way.trustedRelays } : {});
      await readDelivery(house, id, way.resolver ?? dnsOf());
      return newest();
    },
    interactions: (customerId: string) =>
      db.database.kysely
        .selectFrom('interaction')
        .where('customerId', '=', customerId)
        .selectAll()
        .orderBy('id')
        .execute(),
    acknowledged: (address: string) =>
      db.database.kysely.selectFrom('outgoingMail').where('toAddress', '=', address).selectAll().execute(),
    notes: (customerId: string) =>
      db.database.kysely.selectFrom('note').where('customerId', '=', customerId).select(['text', 'byStaff']).execute(),
    tray: () => db.database.kysely.selectFrom('trayItem').selectAll().execute(),
    forget: () => db.database.pool.query('delete from delivery; delete from tray_item; delete from outgoing_mail'),
  };
}
