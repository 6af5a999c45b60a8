import type { Kysely } from 'kysely';
import { daysBetween } from '../../core/text/dates.ts';
import { shownName } from '../advisors/shown-name.ts';
import type { DB } from '../tables.ts';
import { type InboxItem, inbox } from './inbox.ts';
import { type Place, readCursor } from './page.ts';
import type { Roster } from './roster.ts';

type Channel = 'call' | 'mail' | 'sms' | 'message' | 'visit' | 'letter' | 'comment';

/** One open matter as its owner sees it first thing in the morning. */
export interface CaseloadItem {
  caseFileId: string;
  customerId: string;
  customerName: string;
  commune: string;
  subject: string;
  group: 'waiting' | 'promised' | 'thirdParty' | 'later';
  lastWords: string;
  lastChannel: Channel | null;
  lastDirection: 'in' | 'out' | null;
  lastAt: Date;
  waitingSince: Date | null;
  due: {
    id: string;
    kind: 'answer' | 'callback' | 'nextNews' | 'visit';
    words: string;
    dueAt: Date;
    owner: { id: string; name: string };
  };
  broken: boolean;
  thirdParty: string | null;
  inPlaceOf: { id: string; name: string } | null;
}

/** Someone with more than this has other worries than a list. */
const MOST_PAGES = 6;

/** Everything an advisor has open, in the order to take it up: who waits longest, what is promised today, the rest. */
export async function caseload(db: Kysely<DB>, roster: Roster, advisorId: string, now: Date): Promise<CaseloadItem[]> {
  const items = await everything(db, advisorId);
  const details = await detailsOf(db, items);
  const name = roster.advisors.get(advisorId)?.name ?? '';
  return items.map((item) => {
    const detail = details.get(item.caseFileId);
    return {
      caseFileId: item.caseFileId,
      customerId: item.customer.id,
      customerName: item.customer.name,
      commune: item.customer.commune,
      subject: item.subject,
      group: groupOf(item, roster.operator.timeZone, now),
      lastWords: item.lastWords,
      lastChannel: detail?.channel ?? null,
      lastDirection: detail?.direction ?? null,
      lastAt: item.lastAt,
      waitingSince: item.unansweredSince,
      due: {
        id: item.commitment.id,
        kind: item.commitment.kind,
        words: item.commitment.words,
        dueAt: item.commitment.dueAt,
        owner: { id: advisorId, name },
      },
      broken: item.commitment.escalation > 0,
      thirdParty: item.thirdParty,
      inPlaceOf: detail && detail.ownId !== advisorId ? { id: detail.ownId, name: detail.ownName } : null,
    };
  });
}

async function everything(db: Kysely<DB>, advisorId: string): Promise<InboxItem[]> {
  const all: InboxItem[] = [];
  let after: Place | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, cursor } = await inbox(db, advisorId, after);
    all.push(...items);
    after = cursor ? readCursor(cursor) : undefined;
    if (!after) break;
  }
  return all;
}

function groupOf(item: InboxItem, zone: string, now: Date): CaseloadItem['group'] {
  if (item.unansweredSince) return 'waiting';
  if (daysBetween(now, item.commitment.dueAt, zone) <= 0) return 'promised';
  return item.thirdParty ? 'thirdParty' : 'later';
}

interface Detail {
  channel: Channel | null;
  direction: 'in' | 'out' | null;
  ownId: string;
  ownName: string;
}

async function detailsOf(db: Kysely<DB>, items: readonly InboxItem[]): Promise<Map<string, Detail>> {
  if (items.length === 0) return new Map();
  const rows = await db
    .selectFrom('caseFile')
    .innerJoin('customer', 'customer.id', 'caseFile.customerId')
    .innerJoin('advisor', 'advisor.id', 'customer.advisorId')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('interaction')
          .whereRef('interaction.caseFileId', '=', 'caseFile.id')
          .select(['channel', 'direction'])
          .orderBy('at', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .where(
      'caseFile.id',
      'in',
      items.map((item) => item.caseFileId),
    )
    .select(['caseFile.id', 'last.channel', 'last.direction', 'customer.advisorId as ownId'])
    .select(['advisor.givenName', 'advisor.familyName', 'advisor.shownAs'])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      { channel: row.channel, direction: row.direction, ownId: row.ownId, ownName: shownName(row) },
    ]),
  );
}
