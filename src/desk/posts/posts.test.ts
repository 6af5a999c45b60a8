import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testPost } from '../../../test/posts.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { type Actor, system } from '../actor.ts';
import { newId } from '../id.ts';
import { readImage, readPost } from '../views/post.ts';
import { publishedPosts } from '../views/posts.ts';
import { addImage, prepareImage } from './images.ts';
import type { PostInput } from './post-input.ts';
import { announceDuePosts, publishPost, withdrawPost } from './publish.ts';
import { draftPost, rewritePost } from './write.ts';

const db = testDatabase();
let world: World;
let lea: Actor;
beforeAll(async () => {
  world = await buildWorld(db);
  lea = { kind: 'staff', staffId: world.staff.lea, role: 'lead', advisorId: world.lea };
});

const notice = testPost;
const draft = async (given: Partial<PostInput> = {}, actor = lea) => {
  const kept = await db.transact((tx) => draftPost(tx, actor, notice(given)));
  if (!kept.ok) throw new Error(kept.problems.join());
  return kept;
};
const listed = async () =>
  (await publishedPosts(db.database.kysely, { locale: 'fr', now: db.clock.now, limit: 100 })).map(({ slug }) => slug);

test.each([
  ['a lead', () => lea],
  [
    'an administrator',
    (): Actor => ({ kind: 'staff', staffId: world.staff.ana, role: 'administrator', advisorId: null }),
  ],
  ['a program with a token', (): Actor => ({ kind: 'integration', name: 'cms', role: 'administrator' })],
  ['the import', () => system],
])('%s cannot sign reporting, nor turn a notice into it', async (_, actor) => {
  const refused = await db.transact((tx) => draftPost(tx, actor(), notice({ genre: 'reporting' })));
  expect(refused).toEqual({ ok: false, problems: ['reporting'] });
  const { id } = await draft();
  const again = await db.transact((tx) => rewritePost(tx, actor(), id, notice({ genre: 'reporting' })));
  expect(again).toEqual({ ok: false, problems: ['reporting'] });
});

test('the database itself refuses reporting by the operator, sponsored text without a payer, and a clipping without its rights', async () => {
  const insert = (values: object) =>
    db.database.kysely
      .insertInto('post')
      .values({
        id: newId(),
        slug: `x-${newId()}`,
        genre: 'notice',
        authorName: 'X',
        wholeTerritory: true,
        madeAt: db.clock.now,
        ...values,
      })
      .execute();
  await expect(insert({ genre: 'reporting', authorStaff: world.staff.lea })).rejects.toThrow(
    'reporting_is_independent',
  );
  await expect(insert({ genre: 'reporting' })).rejects.toThrow('reporting_is_independent');
  await expect(insert({ genre: 'sponsored' })).rejects.toThrow('says_who_paid');
  await expect(insert({ genre: 'press-review' })).rejects.toThrow('clipping_is_complete');
  await expect(insert({ genre: 'right-of-reply' })).rejects.toThrow('reply_answers_a_post');
  await expect(insert({ genre: 'opinion' })).rejects.toThrow('post_genre_check');
});

test('every rule of a post is said at once, and a genre is mandatory', async () => {
  const kept = await db.transact((tx) =>
    draftPost(
      tx,
      lea,
      notice({ genre: '', wholeTerritory: false, texts: [{ locale: 'fr', title: '', markdown: 'x' }] }),
    ),
  );
  expect(kept).toEqual({ ok: false, problems: ['genre', 'place', 'title'] });
  const refused = async (given: Partial<PostInput>) => {
    const done = await db.transact((tx) => draftPost(tx, lea, notice(given)));
    return done.ok ? [] : done.problems;
  };
  expect(await refused({ genre: 'sponsored' })).toEqual(['paid_by']);
  expect(await refused({ genre: 'press-review' })).toEqual(['clipping']);
  expect(await refused({ genre: 'right-of-reply', answers: 'nowhere' })).toEqual(['answers']);
  expect(await refused({ communes: ['00000'] })).toEqual(['commune']);
  const clipping = { source: 'Le Journal', date: '2026-02-31x', licence: 'accord', link: 'javascript:alert(1)' };
  expect(await refused({ genre: 'press-review', clipping })).toEqual(['clipping']);
});

test('a draft is read by nobody, a scheduled post when its time has come, a withdrawn one no more', async () => {
  const { id, slug } = await draft({ texts: [{ locale: 'fr', title: 'Demain', markdown: 'x' }] });
  expect(await listed()).not.toContain(slug);
  const before = db.clock.now;
  await db.transact((tx) => publishPost(tx, lea, id, new Date(before.getTime() + 3_600_000)));
  expect(await listed()).not.toContain(slug);
  db.clock.now = new Date(before.getTime() + 3_600_001);
  expect(await listed()).toContain(slug);
  expect(await db.transact(announceDuePosts)).toBe(1);
  expect(await db.transact(announceDuePosts)).toBe(0);
  await db.transact((tx) => withdrawPost(tx, lea, id, 'Erreur de date.'));
  expect(await listed()).not.toContain(slug);
});

test('a published text changes only with a correction, and the earlier one stays', async () => {
  const { id, slug } = await draft();
  const better = { texts: [{ locale: 'fr' as const, title: 'Travaux à Saint-Claude', markdown: 'Mardi.' }] };
  await db.transact((tx) => rewritePost(tx, lea, id, notice(better)));
  await db.transact((tx) => publishPost(tx, lea, id, db.clock.now));
  const best = { texts: [{ locale: 'fr' as const, title: 'Travaux à Saint-Claude', markdown: 'Mercredi.' }] };
  const silent = await db.transact((tx) => rewritePost(tx, lea, id, notice(best)));
  expect(silent).toEqual({ ok: false, problems: ['correction'] });
  await db.transact((tx) => rewritePost(tx, lea, id, notice({ ...best, correction: 'Le jour était faux.' })));
  const post = await readPost(db.database.kysely, { slug }, 'fr', db.clock.now);
  expect(post?.versions.map(({ markdown, correction }) => [markdown, correction])).toEqual([
    ['Mercredi.', 'Le jour était faux.'],
    ['Mardi.', null],
    ['Lundi **matin**.', null],
  ]);
});

test('a right of reply and the text it answers lead to each other', async () => {
  const first = await draft({ texts: [{ locale: 'fr', title: 'Une affirmation', markdown: 'x' }] });
  const reply = await draft({
    genre: 'right-of-reply',
    answers: `https://contact.example.org/fr/posts/${first.slug}?page=2`,
    texts: [{ locale: 'fr', title: 'Ma réponse', markdown: 'y' }],
  });
  for (const { id } of [first, reply]) await db.transact((tx) => publishPost(tx, lea, id, db.clock.now));
  const read = (slug: string) => readPost(db.database.kysely, { slug }, 'fr', db.clock.now);
  expect((await read(reply.slug))?.answers?.slug).toBe(first.slug);
  expect((await read(first.slug))?.answeredBy.map(({ slug }) => slug)).toEqual([reply.slug]);
});

test('a commune shows what concerns it and what concerns everyone', async () => {
  const here = await draft({
    wholeTerritory: false,
    communes: ['39478'],
    texts: [{ locale: 'en', title: 'Here', markdown: 'x' }],
  });
  const there = await draft({
    wholeTerritory: false,
    communes: ['25056'],
    texts: [{ locale: 'fr', title: 'Ailleurs', markdown: 'x' }],
  });
  for (const { id } of [here, there]) await db.transact((tx) => publishPost(tx, lea, id, db.clock.now));
  const asked = { locale: 'fr' as const, now: db.clock.now, commune: '39478', limit: 50 };
  const shown = await publishedPosts(db.database.kysely, asked);
  const slugs = shown.map(({ slug }) => slug);
  expect(slugs).toContain(here.slug);
  expect(slugs).not.toContain(there.slug);
  expect(shown.find(({ slug }) => slug === here.slug)?.locale).toBe('en');
});

test('a picture is kept in a few widths, upright, without the camera’s data, and only with words for it', async () => {
  const { id } = await draft();
  const camera = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#456' } })
    .withExif({ IFD0: { Make: 'Appareil', Copyright: 'secret' }, IFD3: { GPSLatitude: '46/1 23/1 0/1' } })
    .jpeg()
    .toBuffer();
  expect((await sharp(camera).metadata()).exif).toBeDefined();
  const image = await prepareImage(camera);
  if (!image) throw new Error('not prepared');
  expect(image.variants.map(({ width, height }) => [width, height])).toEqual([
    [480, 360],
    [960, 720],
    [1600, 1200],
  ]);
  for (const { bytes } of image.variants) {
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(bytes.includes('secret')).toBe(false);
  }
  await expect(db.transact((tx) => addImage(tx, lea, { postId: id, alt: ' ', image }))).rejects.toThrow('image_alt');
  expect(await db.transact((tx) => addImage(tx, lea, { postId: id, alt: 'Une rue', image }))).toBe(1);
  const post = await readPost(db.database.kysely, { id }, 'fr', db.clock.now);
  const stored = await readImage(db.database.kysely, post?.images[0]?.id ?? '', 960, db.clock.now);
  expect(stored?.published).toBe(false);
});

test('what is no picture is refused, whatever it calls itself', async () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>',
  );
  for (const bytes of [svg, Buffer.from('%PDF-1.7'), Buffer.alloc(0), Buffer.from('GIF89a…')])
    expect(await prepareImage(bytes)).toBeUndefined();
});
