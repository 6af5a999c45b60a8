import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';
import { type Place, writeCursor } from './page.ts';

/** One exchange as its customer may see it: no cautions, nothing internal. */
export interface MyExchange {
  id: string;
  caseFileId: string;
  channel: 'call' | 'mail' | 'sms' | 'message' | 'visit' | 'letter' | 'comment';
  direction: 'in' | 'out';
  at: Date;
  text: string;
  advisorId: string | null;
  attachments: { id: string; filename: string }[];
}

/** A page people open on one bar of network holds few of them. */
const MOST = 10;

/** What was said, newest first: all of it, or of one matter, from a place on. The cursor leads to what is older. */
export async function myExchanges(
  db: Kysely<DB>,
  customerId: string,
  { caseFileId, before }: { caseFileId?: string; before?: Place | undefined },
): Promise<{ items: MyExchange[]; cursor: string | null }> {
  const rows = await db
    .selectFrom('interaction')
    .where('customerId', '=', customerId)
    .$if(caseFileId !== undefined, (query) => query.where('caseFileId', '=', caseFileId ?? ''))
    .$if(before !== undefined, (query) =>
      query
        .where('at', '<', new Date((before?.at.getTime() ?? 0) + 1))
        .where(sql<boolean>`(date_trunc('milliseconds', at), id) < (${before?.at}, ${before?.id})`),
    )
    .select(['id', 'caseFileId', 'channel', 'direction', 'at', 'text', 'byAdvisor as advisorId'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST + 1)
    .execute();
  const shown = rows.slice(0, MOST);
  const files = await filesOf(
    db,
    shown.map((row) => row.id),
  );
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({ ...row, attachments: files.get(row.id) ?? [] })),
    cursor: rows.length > MOST && last ? writeCursor(last) : null,
  };
}

async function filesOf(db: Kysely<DB>, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, MyExchange['attachments']>();
  const rows = await db
    .selectFrom('attachment')
    .where('interactionId', 'in', ids)
    .select(['id', 'interactionId', 'filename'])
    .orderBy('position')
    .execute();
  return Map.groupBy(rows, (row) => row.interactionId) as Map<string, MyExchange['attachments']>;
}

/** The whole text of one exchange of this customer, or undefined when it is another's or there is none. */
export async function myWholeText(db: Kysely<DB>, customerId: string, id: string): Promise<string | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db
    .selectFrom('interaction')
    .where('id', '=', id)
    .where('customerId', '=', customerId)
    .select('text')
    .executeTakeFirst();
  return row?.text;
}

/** A file on this customer's timeline, or undefined when it is another's or there is none. */
export async function myAttachment(
  db: Kysely<DB>,
  customerId: string,
  id: string,
): Promise<{ filename: string; bytes: Buffer } | undefined> {
  if (!isUuid(id)) return undefined;
  return db
    .selectFrom('attachment')
    .innerJoin('blob', 'blob.sha256', 'attachment.sha256')
    .where('attachment.id', '=', id)
    .where('attachment.customerId', '=', customerId)
    .select(['filename', 'bytes'])
    .executeTakeFirst();
}

function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}
