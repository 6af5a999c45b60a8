import { type Kysely, sql } from 'kysely';
import { hidePersonalLinks } from '../../core/text/personal-links.ts';
import type { DB } from '../tables.ts';
import { shownParty } from './customer-entries.ts';
import type { Roster } from './roster.ts';

export interface TrayEntry {
  id: string;
  channel: 'call' | 'mail' | 'sms' | 'message' | 'visit' | 'letter' | 'comment';
  at: Date;
  party: string;
  subject: string;
  text: string;
  hasRaw: boolean;
  hasHtml: boolean;
  reason: 'unknown_sender' | 'several_customers' | 'unreadable';
  suggestions: { id: string; name: string; commune: string; advisorName: string; found: null }[];
  dutyOwner: { id: string; name: string };
  /** Name of the advisor whose public address it was written to. */
  addressedTo: string | null;
  caution: string | null;
  dueAt: Date;
  attachments: { position: number; filename: string; contentType: string; size: number }[];
}

const MOST = 100;

/** What is to be sorted by hand, the earliest due first. */
export async function openTray(db: Kysely<DB>, roster: Roster): Promise<TrayEntry[]> {
  const rows = await db
    .selectFrom('trayItem')
    .where('sortedAt', 'is', null)
    .orderBy('dueAt')
    .orderBy('id')
    .limit(MOST)
    .select(['id', 'channel', 'at', 'party', 'subject', 'reason', 'dutyOwnerId', 'dueAt', 'suggestions', 'caution'])
    .select('addressedTo')
    .select([sql<string>`left(text, 20000)`.as('text'), sql<boolean>`html is not null`.as('hasHtml')])
    .select(
      sql<boolean>`(raw_sha256 is not null or exists (select 1 from delivery d where d.tray_item_id = tray_item.id))`.as(
        'hasRaw',
      ),
    )
    .execute();
  const [customers, attachments] = await Promise.all([
    suggested(
      db,
      rows.flatMap((row) => row.suggestions),
    ),
    attachmentsOf(
      db,
      rows.map((row) => row.id),
    ),
  ]);
  return rows.map(({ dutyOwnerId, suggestions, addressedTo, ...row }) => ({
    ...row,
    // A report that one of our mails came back may hold it whole.
    text: hidePersonalLinks(row.text),
    addressedTo: addressedTo ? (roster.advisors.get(addressedTo)?.name ?? null) : null,
    party: shownParty(row.party),
    suggestions: suggestions.flatMap((id) => customers.get(id) ?? []),
    dutyOwner: { id: dutyOwnerId, name: roster.advisors.get(dutyOwnerId)?.name ?? '' },
    attachments: attachments.get(row.id) ?? [],
  }));
}

/** How many items wait to be sorted. */
export async function trayCount(db: Kysely<DB>): Promise<number> {
  const row = await db
    .selectFrom('trayItem')
    .where('sortedAt', 'is', null)
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The mail of a tray item as it reached us; undefined when it came another way. */
export async function trayRaw(db: Kysely<DB>, id: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('trayItem')
    .leftJoin('delivery', 'delivery.trayItemId', 'trayItem.id')
    .innerJoin('blob', (join) =>
      join.on(sql`coalesce(tray_item.raw_sha256, delivery.raw_sha256)`, '=', (eb) => eb.ref('blob.sha256')),
    )
    .where('trayItem.id', '=', id)
    .select('blob.bytes')
    .executeTakeFirst();
  return row?.bytes;
}

async function suggested(
  db: Kysely<DB>,
  ids: readonly string[],
): Promise<Map<string, TrayEntry['suggestions'][number]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('customer')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .innerJoin('advisor', 'advisor.id', 'customer.advisorId')
    .where('customer.id', 'in', ids)
    .where('customer.erasedAt', 'is', null)
    .select(['customer.id', 'customer.name', 'commune.name as commune'])
    .select(sql<string>`advisor.given_name || ' ' || advisor.family_name`.as('advisorName'))
    .execute();
  return new Map(rows.map((row) => [row.id, { ...row, found: null }]));
}

async function attachmentsOf(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, TrayEntry['attachments']>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('trayAttachment')
    .innerJoin('blob', 'blob.sha256', 'trayAttachment.sha256')
    .where('trayItemId', 'in', ids)
    .orderBy('position')
    .select(['trayItemId', 'position', 'filename', 'contentType', 'blob.size'])
    .execute();
  return Map.groupBy(rows, (row) => row.trayItemId);
}
