import { readFeed } from '../../core/text/read-feed.ts';
import { type Fetched, fetchPublic } from '../../platform/outside/fetch-public.ts';
import type { MayConnect } from '../../platform/outside/public-address.ts';
import type { House } from '../house.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';

const EVERY_MS = 30 * 60_000;
const FAILING_EVERY_MS = 3 * 3_600_000;
const KEPT_ENTRIES = 50;
const AT_ONCE = 20;

type Outside = Pick<House, 'db' | 'clock' | 'transact'>;

/** Reads every voice whose turn it is, one after the other. Returns how many. */
export async function refreshVoices(house: Outside, mayConnect?: MayConnect): Promise<number> {
  const due = await house.db
    .selectFrom('voice')
    .where('removedAt', 'is', null)
    .where('nextFetchAt', '<=', house.clock())
    .orderBy('nextFetchAt')
    .limit(AT_ONCE)
    .select('id')
    .execute();
  for (const { id } of due) await refreshVoice(house, id, mayConnect);
  return due.length;
}

/** Reads one voice: what it says now, or why it cannot be read. The network is asked outside any transaction. */
export async function refreshVoice(house: Outside, id: string, mayConnect?: MayConnect): Promise<void> {
  const voice = await house.db
    .selectFrom('voice')
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .select(['id', 'url', 'etag', 'lastModified'])
    .executeTakeFirst();
  if (!voice) return;
  const fetched = await fetchPublic(voice.url, { ...voice, ...(mayConnect ? { mayConnect } : {}) });
  await house.transact((tx) => keep(tx, voice, fetched));
}

async function keep(tx: Tx, voice: { id: string; url: string }, fetched: Fetched): Promise<void> {
  if (fetched.kind === 'failed') return fail(tx, voice.id, fetched.why);
  const well = { failingSince: null, failingWhy: null, fetchedAt: tx.now, nextFetchAt: later(tx, EVERY_MS) };
  if (fetched.kind === 'unchanged') {
    await tx.db.updateTable('voice').set(well).where('id', '=', voice.id).execute();
    return;
  }
  const feed = readFeed(fetched.bytes, fetched.contentType, fetched.url);
  if (!feed) return fail(tx, voice.id, 'not_a_feed');
  const host = new URL(voice.url).hostname;
  await tx.db
    .updateTable('voice')
    .set((eb) => ({
      ...well,
      etag: fetched.etag,
      lastModified: fetched.lastModified,
      siteUrl: feed.site,
      name: feed.title
        ? eb.case().when('name', '=', host).then(feed.title.slice(0, 200)).else(eb.ref('name')).end()
        : eb.ref('name'),
    }))
    .where('id', '=', voice.id)
    .execute();
  for (const { key, title, link, html, at } of feed.entries) {
    const said = { title, link, html };
    await tx.db
      .insertInto('voiceEntry')
      .values({ id: newId(), voiceId: voice.id, entryKey: key, ...said, publishedAt: at ?? tx.now, seenAt: tx.now })
      .onConflict((conflict) => conflict.columns(['voiceId', 'entryKey']).doUpdateSet(said))
      .execute();
  }
  await forgetOld(tx, voice.id);
}

function later(tx: Tx, ms: number): Date {
  return new Date(tx.now.getTime() + ms);
}

/** Since when, and why, so that readers can be told; what was read before stays. */
async function fail(tx: Tx, id: string, why: string): Promise<void> {
  await tx.db
    .updateTable('voice')
    .set((eb) => ({
      failingSince: eb.fn.coalesce('failingSince', eb.val(tx.now)),
      failingWhy: why,
      nextFetchAt: later(tx, FAILING_EVERY_MS),
    }))
    .where('id', '=', id)
    .execute();
}

async function forgetOld({ db }: Tx, voiceId: string): Promise<void> {
  await db
    .deleteFrom('voiceEntry')
    .where('voiceId', '=', voiceId)
    .where('id', 'not in', (eb) =>
      eb
        .selectFrom('voiceEntry')
        .where('voiceId', '=', voiceId)
        .orderBy('publishedAt', 'desc')
        .limit(KEPT_ENTRIES)
        .select('id'),
    )
    .execute();
}
