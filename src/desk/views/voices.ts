import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';

/** One text of an outside voice, as it stands in its feed; the HTML is already safe to show. */
export interface VoiceEntry {
  id: string;
  voice: string;
  title: string;
  link: string | null;
  html: string;
  publishedAt: Date;
}

/** An outside voice with its newest texts. */
export interface ShownVoice {
  id: string;
  name: string;
  url: string;
  siteUrl: string | null;
  failingSince: Date | null;
  failingWhy: string | null;
  entries: VoiceEntry[];
}

const PER_VOICE = 5;

/** The newest texts of the voices that speak about this commune or the whole territory. */
export async function latestVoices(
  db: Kysely<DB>,
  { commune, limit }: { commune?: string | undefined; limit: number },
): Promise<VoiceEntry[]> {
  let query = entries(db).orderBy('publishedAt', 'desc').limit(limit);
  if (commune) query = query.where((eb) => eb.or([eb('communeInsee', 'is', null), eb('communeInsee', '=', commune)]));
  return query.execute();
}

/** Every outside voice by name, also those that no longer answer. */
export async function allVoices(db: Kysely<DB>): Promise<ShownVoice[]> {
  const voices = await db
    .selectFrom('voice')
    .where('removedAt', 'is', null)
    .select(['id', 'name', 'url', 'siteUrl', 'failingSince', 'failingWhy'])
    .orderBy('name')
    .execute();
  return Promise.all(
    voices.map(async (voice) => ({
      ...voice,
      entries: await entries(db)
        .where('voiceId', '=', voice.id)
        .orderBy('publishedAt', 'desc')
        .limit(PER_VOICE)
        .execute(),
    })),
  );
}

function entries(db: Kysely<DB>) {
  return db
    .selectFrom('voiceEntry')
    .innerJoin('voice', 'voice.id', 'voiceId')
    .where('removedAt', 'is', null)
    .where(sql<boolean>`voice_entry.published_at <= voice_entry.seen_at + interval '1 day'`)
    .select(['voiceEntry.id', 'voice.name as voice', 'title', 'link', 'html', 'publishedAt']);
}
