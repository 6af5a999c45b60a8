import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { communePath } from '../../src/web/public/communes/address.ts';
import { browser, httpClient } from './http.ts';
import { type Measured, measure } from './measure.ts';

const publicKinds = ['commune page', 'post', 'feed'] as const;
export type PublicName = `${(typeof publicKinds)[number]}, ${'from memory' | 'rendered'}`;

/**
 * A commune page, and a post with 200 comments, as readers and their programs ask for them: the same address, and
 * addresses nobody asked before.
 */
export async function publicPages(
  productUrl: string,
  databaseUrl: string,
  seconds: number,
): Promise<Record<PublicName, Measured>> {
  const slug = await writePost(databaseUrl);
  const client = httpClient(productUrl, browser);
  const ask = (path: (worker: number, turn: number) => string) =>
    measure(4, seconds, async (worker, turn) => {
      const { status } = await client.get(path(worker, turn));
      if (status !== 200) throw new Error(`answered ${status}`);
    });
  const paths: Record<(typeof publicKinds)[number], string> = {
    'commune page': await servedCommune(databaseUrl),
    post: `/fr/posts/${slug}`,
    feed: `/fr/posts/${slug}/comments.atom`,
  };
  const measured = {} as Record<PublicName, Measured>;
  for (const kind of publicKinds) {
    const path = paths[kind];
    const rendered = (worker: number, turn: number) => `${path}?fresh=${worker}-${turn}`;
    await ask(rendered);
    measured[`${kind}, from memory`] = await ask(() => path);
    measured[`${kind}, rendered`] = await ask((worker, turn) => `${rendered(worker, turn)}-again`);
  }
  client.close();
  return measured;
}

/** The largest commune with one person for all of it. */
async function servedCommune(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ insee: string; name: string }>(
    `select insee, name from commune where insee in (select commune_insee from area group by 1 having count(*) = 1)
     order by population desc limit 1`,
  );
  await client.end();
  const [commune] = rows;
  if (!commune) throw new Error('No commune is served.');
  return communePath('fr', commune);
}

async function writePost(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const id = randomUUID();
  const slug = `bench-${id.slice(0, 8)}`;
  await client.query(
    `insert into post (id, slug, genre, author_name, whole_territory, made_at, publish_at, announced_at)
     values ($1, $2, 'notice', 'Bench', true, now(), now(), now())`,
    [id, slug],
  );
  await client.query(
    `insert into post_version (id, post_id, locale, title, markdown, written_at)
     values (gen_random_uuid(), $1, 'fr', 'Deux cents commentaires', repeat('Un **paragraphe** de texte, avec [un lien](/fr/contact).\n\n', 12), now())`,
    [id],
  );
  await client.query(
    `insert into comment (id, post_id, locale, name, mail, text, written_at, confirmed_at, shown_at, content_hash)
     select gen_random_uuid(), $1, 'fr', 'Lectrice ' || n, 'lectrice' || n || '@example.org',
       'Commentaire ' || n || '. ' || repeat('Quelques mots encore, ', 8), now(), now(), now(), decode(md5(n::text || $2), 'hex')
     from generate_series(1, 200) n`,
    [id, slug],
  );
  await client.end();
  return slug;
}
