import { type Kysely, sql } from 'kysely';
import { hidePersonalLinks } from '../../core/text/personal-links.ts';
import { shownName } from '../advisors/shown-name.ts';
import { openCommitments } from '../commitments/queries.ts';
import type { DB } from '../tables.ts';
import { publishedPosts } from './posts.ts';

/** What an advisor sees of who is calling, before the first word. */
export interface Caller {
  id: string;
  name: string;
  commune: string;
  own: { id: string; name: string };
  /** The last three exchanges, newest first. */
  exchanges: {
    id: string;
    at: Date;
    channel: 'call' | 'mail' | 'sms' | 'message' | 'visit' | 'letter' | 'comment';
    direction: 'in' | 'out';
    text: string;
  }[];
  commitments: {
    id: string;
    kind: 'answer' | 'callback' | 'nextNews' | 'visit';
    words: string;
    dueAt: Date;
    owner: { id: string; name: string };
  }[];
  /** The newest notice of the last week for their commune: an outage is told by one. */
  notice: { title: string; slug: string; at: Date } | null;
}

const NOTICE_MS = 7 * 86_400_000;
const MOST_EXCHANGES = 3;

/** The caller as the band shows them; undefined when there is no such customer. */
export async function callerOf(
  db: Kysely<DB>,
  now: Date,
  customerId: string,
  locale: 'fr' | 'en',
): Promise<Caller | undefined> {
  const customer = await db
    .selectFrom('customer')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .innerJoin('advisor', 'advisor.id', 'customer.advisorId')
    .where('customer.id', '=', customerId)
    .where('customer.erasedAt', 'is', null)
    .select(['customer.id', 'customer.name', 'commune.name as commune', 'commune.insee', 'customer.advisorId'])
    .select(['advisor.givenName', 'advisor.familyName', 'advisor.shownAs'])
    .executeTakeFirst();
  if (!customer) return undefined;
  const [exchanges, commitments, notice] = await Promise.all([
    exchangesOf(db, customerId),
    commitmentsOf(db, customerId),
    noticeOf(db, now, customer.insee, locale),
  ]);
  const { id, name, commune, advisorId } = customer;
  const own = { id: advisorId, name: shownName(customer) };
  const shown = exchanges.map((each) => ({ ...each, text: hidePersonalLinks(each.text) }));
  return { id, name, commune, own, exchanges: shown, commitments, notice };
}

function exchangesOf(db: Kysely<DB>, customerId: string): Promise<Caller['exchanges']> {
  return db
    .selectFrom('interaction')
    .where('customerId', '=', customerId)
    .select(['id', 'at', 'channel', 'direction'])
    .select(sql<string>`left(coalesce(nullif(text, ''), subject), 200)`.as('text'))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_EXCHANGES)
    .execute();
}

async function commitmentsOf(db: Kysely<DB>, customerId: string): Promise<Caller['commitments']> {
  const rows = await openCommitments(db)
    .innerJoin('advisor', 'advisor.id', 'commitment.ownerId')
    .where('customerId', '=', customerId)
    .select(['commitment.id', 'kind', 'words', 'dueAt', 'ownerId', 'givenName', 'familyName', 'shownAs'])
    .orderBy('dueAt')
    .limit(5)
    .execute();
  return rows.map(({ id, kind, words, dueAt, ownerId, ...owner }) => ({
    id,
    kind,
    words,
    dueAt,
    owner: { id: ownerId, name: shownName(owner) },
  }));
}

async function noticeOf(db: Kysely<DB>, now: Date, commune: string, locale: 'fr' | 'en'): Promise<Caller['notice']> {
  const posts = await publishedPosts(db, { locale, now, commune, limit: 5 });
  const notice = posts.find(
    (post) => post.genre === 'notice' && post.publishedAt.getTime() > now.getTime() - NOTICE_MS,
  );
  return notice ? { title: notice.title, slug: notice.slug, at: notice.publishedAt } : null;
}
