import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendAndGoOn, sendForm } from '../../../test/page.ts';
import { publishTestPost } from '../../../test/posts.ts';
import { buildWorld } from '../../../test/world.ts';
import { composeMail } from '../../channels/mail/compose.ts';
import { projectRoot } from '../../platform/root.ts';
import { system } from '../actor.ts';
import { moderate } from '../comments/moderate.ts';
import { confirmComment, writeComment } from '../comments/write.ts';
import { withdrawPost } from '../posts/publish.ts';
import { resumeAlerts, tellAlerts } from './tell.ts';

const db = testDatabase();
let app: App;
beforeAll(async () => {
  await buildWorld(db);
  app = testApp(db);
});
beforeEach(async () => {
  await db.database.pool.query('delete from attempt');
  await db.database.pool.query('delete from alert');
});
const wait = () => {
  db.clock.now = new Date(db.clock.now.getTime() + 5_000);
};
const ask = async (given: Record<string, string>, query = '') => {
  const form = await openPage(app, `/fr/alerts${query}`);
  wait();
  return sendAndGoOn(app, '/fr/alerts', { ...form.fields, ...given });
};
const mails = async (to: string, kind = 'alert') =>
  db.database.kysely
    .selectFrom('outgoingMail')
    .where('toAddress', '=', to)
    .where('kind', '=', kind)
    .selectAll()
    .orderBy('id')
    .execute();
const linkTo = async (to: string) =>
  /http:\/\/localhost:8080(\S+\/alerts\/\S+)/.exec((await mails(to, 'confirm')).at(-1)?.text ?? '')?.[1] ?? '';
const follow = async (mail: string, given: Record<string, string> = {}, query = '') => {
  await ask({ mail, ...given }, query);
  const link = await linkTo(mail);
  await sendForm(app, link, { do: 'confirm' });
  return link;
};
const tellAll = async () => {
  const events = await db.database.kysely.selectFrom('alertEvent').where('doneAt', 'is', null).select('id').execute();
  for (const { id } of events) await tellAlerts(db, id);
};
const publish = (title: string, communes: string[] = []) =>
  publishTestPost(db, {
    wholeTerritory: communes.length === 0,
    communes,
    texts: [{ locale: 'fr', title, markdown: 'Du texte.' }],
  });

test('the page after asking can be loaded again and sends nothing then; it tells nobody else the address', async () => {
  const form = await openPage(app, '/fr/alerts');
  wait();
  const sent = await sendForm(app, '/fr/alerts', { ...form.fields, mail: 'r@example.org' });
  const to = sent.headers.get('location') ?? '';
  expect([sent.status, decodeURIComponent(to)]).toEqual([303, expect.not.stringContaining('r@example.org')]);
  for (let times = 0; times < 2; times++) expect((await openPage(app, to)).text).toContain('r@example.org');
  expect(await mails('r@example.org', 'confirm')).toHaveLength(1);
  const asked = db.clock.now;
  db.clock.now = new Date(asked.getTime() + 25 * 3_600_000);
  const old = await openPage(app, to);
  db.clock.now = asked;
  expect([old.status, old.headers.get('location')]).toEqual([303, '/fr/alerts']);
});

test('nothing is sent before the address is confirmed by a button, however often the link is opened', async () => {
  expect((await ask({ mail: 'v@example.org', commune: 'Saint-Claude 39200' })).text).toContain('v@example.org');
  const link = await linkTo('v@example.org');
  for (let times = 0; times < 3; times++) expect((await openPage(app, link)).text).toContain('pas encore confirmé');
  await publish('Avant');
  await tellAll();
  expect(await mails('v@example.org')).toEqual([]);
  expect((await sendForm(app, link, { do: 'confirm' })).text).toContain('Il est actif');
  await publish('Après', ['39478']);
  await publish('Ailleurs', ['25056']);
  await tellAll();
  expect((await mails('v@example.org')).map(({ subject }) => subject)).toEqual(['Avis de l’opérateur\u00a0: Après']);
});

test('a wrong address or commune comes back with a sentence and what was typed', async () => {
  const page = await ask({ mail: 'nobody@', commune: 'Saint-Claude' });
  expect(page.status).toBe(422);
  expect(page.fields).toMatchObject({ mail: 'nobody@', commune: 'Saint-Claude' });
  expect((await ask({ mail: 'n@example.org', commune: 'Xyzzyville' })).text).toContain(
    'Nous ne trouvons pas cette commune',
  );
});

test('a mail of a list is left by one click, as mail programs do it, and says so in its headers', async () => {
  const link = await follow('once@example.org');
  await publish('Première');
  await tellAll();
  const [mail] = await mails('once@example.org');
  if (!mail?.listUnsubscribe) throw new Error('no way out');
  const { raw } = await composeMail({ ...mail, date: mail.leaveAfter, attachments: [], original: null });
  const parsed = await simpleParser(raw);
  expect(parsed.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line.replace(/\s+/g, ' ')).toContain(
    `<http://localhost:8080${link}>`,
  );
  expect(parsed.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toBe(
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  );
  // A mail program: a bare POST, no page of ours, no cookie.
  const ended = await app.request(new URL(mail.listUnsubscribe).pathname, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(ended.status).toBe(200);
  await publish('Deuxième');
  await tellAll();
  expect(await mails('once@example.org')).toHaveLength(1);
});

test('whoever follows two communes of one post, and everything besides, hears of it once', async () => {
  await follow('twice@example.org', { commune: 'Saint-Claude 39200' });
  await follow('twice@example.org', { commune: 'Besançon 25000' });
  await follow('twice@example.org');
  await publish('Des deux côtés', ['39478', '25056']);
  await tellAll();
  await tellAll();
  expect((await mails('twice@example.org')).filter(({ subject }) => subject.includes('Des deux côtés'))).toHaveLength(
    1,
  );
});

test('the comments of a post are told to those who follow it, not to their writer, and not once hidden', async () => {
  const { id: postId, slug } = await publish('Conversation suivie');
  await follow('reader@example.org', {}, `?post=${slug}`);
  await follow('writer@example.org', {}, `?post=${slug}`);
  const say = (text: string) =>
    db.transact(async (tx) => {
      const written = await writeComment(tx, {
        ...{ postId, parentId: null, locale: 'fr' as const, name: 'W', mail: 'writer@example.org', text },
        ...{ asksOperator: false, answerPublicly: false, contentHash: Buffer.from(text) },
      });
      if (written.kind !== 'kept') throw new Error(written.kind);
      await confirmComment(tx, { kind: 'public' }, written.id);
      return written.id;
    });
  const one = await say('Un premier message bien à moi.');
  await tellAll();
  expect(await mails('reader@example.org')).toEqual([]);
  const ids = (id: string) => ({ ids: [id], likenesses: [] });
  await db.transact((tx) => moderate(tx, system, ids(one), { verdict: 'publish' }));
  await tellAll();
  expect((await mails('reader@example.org')).map(({ text }) => text.includes('Un premier message'))).toEqual([true]);
  expect(await mails('writer@example.org')).toEqual([]);
  const two = await say('Quelque chose de tout à fait différent.');
  await db.transact((tx) => moderate(tx, system, ids(two), { verdict: 'publish' }));
  await db.transact((tx) => moderate(tx, system, ids(two), { verdict: 'hide', reason: 'insult', words: '' }));
  await tellAll();
  expect(await mails('reader@example.org')).toHaveLength(1);
});

test('a post withdrawn before it was told is not told', async () => {
  await follow('early@example.org');
  const { id } = await publish('Trop vite');
  await db.transact((tx) => withdrawPost(tx, system, id, 'Erreur.'));
  await tellAll();
  expect(await mails('early@example.org')).toEqual([]);
});

/** Tells in another process; answers how it ended. `killAt`: killed by us once so many mails are written. */
async function tellElsewhere(eventId: string, { failpoint = '', killAt = 0 }): Promise<string | number | null> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(projectRoot, 'test/servers/alert-process.ts'), eventId],
    {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: db.url,
        VISAVIS_LOG: 'error',
        VISAVIS_DATA: '/nonexistent',
        VISAVIS_FAILPOINT: failpoint,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = once(child, 'exit').then(([status, signal]) => signal ?? status);
  if (killAt > 0) {
    await expect.poll(() => told(), { timeout: 30_000, interval: 5 }).toBeGreaterThanOrEqual(killAt);
    child.kill('SIGKILL');
  }
  return ended;
}
async function told(): Promise<number> {
  const { rows } = await db.database.pool.query(
    `select count(*)::int as n from outgoing_mail where subject like '%Cinq mille%'`,
  );
  return rows[0].n;
}

test('telling 5,000 subscribers, killed four times on the way, ends with exactly one mail each', async () => {
  db.clock.now = new Date();
  await db.database.pool.query(
    `insert into alert (id, mail, locale, asked_at, confirmed_at)
     select gen_random_uuid(), 'sub' || n || '@example.org', 'fr', now(), now() from generate_series(1, 5000) n`,
  );
  const { id: postId } = await publish('Cinq mille');
  const { id } = await db.database.kysely
    .selectFrom('alertEvent')
    .where('postId', '=', postId)
    .select('id')
    .executeTakeFirstOrThrow();
  expect(await tellElsewhere(id, { failpoint: 'alert-between-batches' })).toBe('SIGKILL');
  expect(await told()).toBe(200);
  expect(await tellElsewhere(id, { failpoint: 'alert-before-commit' })).toBe('SIGKILL');
  expect(await told()).toBe(200);
  expect(await tellElsewhere(id, { failpoint: 'alert-between-batches' })).toBe('SIGKILL');
  expect(await told()).toBe(400);
  expect(await tellElsewhere(id, { killAt: 2_400 })).toBe('SIGKILL');
  // The sweep of another process finds it after a minute, even while the lost job seems to run.
  db.clock.now = new Date(Date.now() + 120_000);
  await db.database.pool.query(`delete from pgboss.job where name = 'tell-alerts'`);
  // PostgreSQL may still be ending what the killed process had begun.
  await expect.poll(() => db.transact(resumeAlerts), { timeout: 30_000 }).toBe(1);
  await tellAlerts(db, id);
  const { rows } = await db.database.pool.query(
    `select count(*)::int as mails, count(distinct to_address)::int as people from outgoing_mail where subject like '%Cinq mille%'`,
  );
  expect(rows).toEqual([{ mails: 5_000, people: 5_000 }]);
  expect(await db.transact(resumeAlerts)).toBe(0);
}, 120_000);
