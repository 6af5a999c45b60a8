import { type Kysely, sql } from 'kysely';
import { hidePersonalLinks } from '../../core/text/personal-links.ts';
import type { DB } from '../tables.ts';
import { PAGE, type Page, type Place, pageOf } from './page.ts';

export interface TimelineItem {
  id: string;
  caseFileId: string;
  channel: 'call' | 'mail' | 'sms' | 'message' | 'visit' | 'letter' | 'comment';
  direction: 'in' | 'out';
  at: Date;
  party: string;
  subject: string;
  text: string;
  caution: string | null;
  advisorId: string | null;
  attachments: { id: string; filename: string; contentType: string }[];
}

/** Everything said on every channel, newest first. Holds no internal notes: they are not interactions. */
export async function timeline(db: Kysely<DB>, customerId: string, before?: Place): Promise<Page<TimelineItem>> {
  const rows = await db
    .selectFrom('interaction')
    .where('customerId', '=', customerId)
    .$if(before !== undefined, (query) =>
      query.where(sql<boolean>`(date_trunc('milliseconds', at), id) < (${before?.at}, ${before?.id})`),
    )
    // The first condition lets the index on (customer, at, id) be used; the one above settles ties.
    .$if(before !== undefined, (query) => query.where('at', '<', new Date((before?.at.getTime() ?? 0) + 1)))
    .select(['id', 'caseFileId', 'channel', 'direction', 'at', 'party', 'subject', 'text', 'caution', 'byAdvisor'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE + 1)
    .execute();
  const attachments = await attachmentsOf(
    db,
    rows.map((row) => row.id),
  );
  return pageOf(
    rows,
    (row) => row,
    ({ byAdvisor, ...row }): TimelineItem => ({
      ...row,
      // A mail may quote one of ours.
      text: hidePersonalLinks(row.text),
      advisorId: byAdvisor,
      attachments: attachments.get(row.id) ?? [],
    }),
  );
}

async function attachmentsOf(
  db: Kysely<DB>,
  interactionIds: readonly string[],
): Promise<Map<string, TimelineItem['attachments']>> {
  if (interactionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('attachment')
    .where('interactionId', 'in', interactionIds)
    .select(['id', 'interactionId', 'filename', 'contentType'])
    .orderBy('position')
    .execute();
  return Map.groupBy(rows, (row) => row.interactionId) as Map<string, TimelineItem['attachments']>;
}
