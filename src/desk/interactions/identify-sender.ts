import type { Kysely } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import { customersWithPoint } from '../customers/queries.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import type { Incoming } from './incoming.ts';

/** The one customer it comes from, or whom it may come from, likeliest first. */
export type Sender = { customerId: string } | { suggestions: string[] };

const MOST_SUGGESTIONS = 5;

/**
 * Who this comes from, by what identifies (and never authenticates): the id a door vouches for, the conversation, the
 * line, the address or number on file. Several customers at one address are a case for a person.
 */
export async function identifySender(tx: Tx, incoming: Incoming): Promise<Sender> {
  if (incoming.from.customerId) return { customerId: incoming.from.customerId };
  if (incoming.caseFileId) {
    const conversation = await tx.db
      .selectFrom('caseFile')
      .where('id', '=', incoming.caseFileId)
      .select('customerId')
      .executeTakeFirst();
    if (conversation) return conversation;
  }
  const atAddress = await customersAt(tx, incoming);
  if (atAddress.length === 1 && atAddress[0]) return { customerId: atAddress[0] };
  const ofLine = incoming.lineReference ? await customerOfLine(tx, incoming.lineReference) : undefined;
  if (ofLine && atAddress.includes(ofLine)) return { customerId: ofLine };
  const named = atAddress.length === 0 && incoming.from.name ? await customersNamed(tx, incoming.from.name) : [];
  return { suggestions: [...new Set([ofLine ?? [], atAddress, named].flat())].slice(0, MOST_SUGGESTIONS) };
}

async function customersAt(tx: Tx, { from }: Incoming): Promise<string[]> {
  const wanted = [
    ...(from.mail ? [{ kind: 'mail' as const, value: from.mail.toLowerCase() }] : []),
    ...(from.phone ? [{ kind: 'phone' as const, value: from.phone }] : []),
  ];
  const found = await Promise.all(wanted.map((point) => customersWith(tx.db, point)));
  return [...new Set(found.flat().map((row) => row.customerId))].slice(0, MOST_SUGGESTIONS);
}

const customersWith = prepared((db: Kysely<DB>, given: { kind: 'mail' | 'phone'; value: string }) =>
  customersWithPoint(db, given).select('customerId').distinct().limit(MOST_SUGGESTIONS),
);

async function customerOfLine(tx: Tx, reference: string): Promise<string | undefined> {
  const line = await tx.db
    .selectFrom('line')
    .where('reference', '=', reference)
    .select('customerId')
    .executeTakeFirst();
  return line?.customerId;
}

/** Names only suggest: a person decides. */
async function customersNamed(tx: Tx, name: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('customer')
    .where((eb) => eb(eb.fn<string>('search_text', ['name']), '=', eb.fn<string>('search_text', [eb.val(name)])))
    .select('id')
    .limit(MOST_SUGGESTIONS)
    .execute();
  return rows.map((row) => row.id);
}
