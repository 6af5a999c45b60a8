import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testApp, testHouse } from '../../../../test/app.ts';
import { testDatabase } from '../../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../../test/page.ts';
import { publishTestPost } from '../../../../test/posts.ts';
import { signInStaff } from '../../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../../test/world.ts';
import { createApp } from '../../../app.ts';
import { confirmComment, forgetUnconfirmedComments, writeComment } from '../../../desk/comments/write.ts';
import { moderationQueue } from '../../../desk/views/moderation.ts';
import { mayTry } from '../../session/rate-limits.ts';

const db = testDatabase();
let world: World;
let app: App;
let slug: string;
let postId: string;
let moderator: { Cookie: string };
beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  moderator = await signIn('moderator');
});
let turn = 0;
beforeEach(async () => {
  await db.database.pool.query('delete from attempt');
  await db.database.pool.query(`update operator set moderate_comments = 'before'`);
  turn += 1;
  const post = await publishTestPost(db, { texts: [{ locale: 'fr', title: `Sujet ${turn}`, markdown: 'Texte.' }] });
  slug = post.slug;
  postId = post.id;
  wait();
});
const wait = (ms = 11_000) => {
  db.clock.now = new Date(db.clock.now.getTime() + ms);
};
async function signIn(role: 'moderator' | 'administrator', advisorId?: string): Promise<{ Cookie: string }> {
  const staffId = randomUUID();
  await db.database.kysely
    .insertInto('staff')
    .values({
      id: staffId,
      name: `Une ${role}`,
      email: `${staffId}@regie.example.org`,
      role,
      advisorId: advisorId ?? null,
    })
    .execute();
  return signInStaff(db, app, staffId);
}
const fill = async (given: Record<string, string> = {}, at = slug) => {
  const form = await openPage(app, `/fr/posts/${at}/comment${given.reply ? `?reply=${given.reply}` : ''}`);
  wait(5_000);
  const typed = {
    ...form.fields,
    name: 'Zoé',
    mail: 'zoe@example.org',
    text: 'Un avis sur ce sujet.',
    asks: '',
    publicly: '',
    ...given,
  };
  return sendForm(app, `/fr/posts/${at}/comment`, typed);
};
const linkTo = async (mail = 'zoe@example.org') => {
  const sent = await db.database.kysely
    .selectFrom('outgoingMail')
    .where('toAddress', '=', mail)
    .where('kind', '=', 'confirm')
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .select('text')
    .executeTakeFirstOrThrow();
  return /http:\/\/localhost:8080(\S+\/comments\/\S+)/.exec(sent.text)?.[1] ?? '';
};
const press = (link: string, fields: Record<string, string> = { do: 'confirm' }) => sendForm(app, link, fields);
const decide = async (fields: Record<string, string>) =>
  sendForm(app, '/fr/staff/moderation', fields, { headers: moderator });
const commentOf = (mail = 'zoe@example.org') =>
  db.database.kysely
    .selectFrom('comment')
    .where('mail', '=', mail)
    .where('postId', '=', postId)
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
const mailsTo = (mail: string, kind: string) =>
  db.database.kysely
    .selectFrom('outgoingMail')
    .where('toAddress', '=', mail)
    .where('kind', '=', kind)
    .selectAll()
    .orderBy('id')
    .execute();
const onPage = async (path = `/fr/posts/${slug}`) => {
  wait();
  return (await openPage(app, path)).text;
};

test('a comment is written first, confirmed by link and button, read by a moderator, and then stands below the post', async () => {
  const sent = await fill();
  expect(sent.text).toContain('Confirmez par le lien reçu');
  const link = await linkTo();
  for (let times = 0; times < 3; times++) expect((await openPage(app, link)).text).toContain('pas encore confirmé');
  expect((await commentOf()).confirmedAt).toBeNull();
  expect((await press(link)).text).toContain('Une personne le lit avant sa parution');
  expect(await onPage()).not.toContain('Un avis sur ce sujet');
  const queue = await openPage(app, '/fr/staff/moderation', moderator);
  expect(queue.text).toContain('Un avis sur ce sujet');
  expect(queue.elements('script')).toEqual([]);
  await decide({ view: 'waiting', do: 'publish', chosen: (await commentOf()).id });
  const page = await onPage();
  expect(page).toContain('Zoé');
  expect(page).toContain('Un avis sur ce sujet.');
  expect(page).not.toContain('zoe@example.org');
  expect(await mailsTo('zoe@example.org', 'comment')).toHaveLength(1);
});

test('the same link edits, with the earlier text kept, and withdraws', async () => {
  await fill({ mail: 'edit@example.org', text: 'Premier jet que je regrette.' });
  const link = await linkTo('edit@example.org');
  await press(link);
  await decide({ view: 'waiting', do: 'publish', chosen: (await commentOf('edit@example.org')).id });
  expect((await press(link, { do: 'edit', text: '' })).text).toContain('Écrivez votre commentaire.');
  await press(link, { do: 'edit', text: 'Texte plus calme.' });
  expect(await onPage()).not.toMatch(/regrette|plus calme/);
  await decide({ view: 'waiting', do: 'publish', chosen: (await commentOf('edit@example.org')).id });
  expect(await onPage()).toMatch(/Texte plus calme/);
  const { id } = await commentOf('edit@example.org');
  const kept = await db.database.kysely
    .selectFrom('commentVersion')
    .where('commentId', '=', id)
    .select('text')
    .execute();
  expect(kept).toEqual([{ text: 'Premier jet que je regrette.' }]);
  expect((await press(link, { do: 'withdraw' })).text).toContain('Vous l’avez retiré.');
  expect(await onPage()).not.toContain('plus calme');
});

test('a forged, foreign or late link opens nothing', async () => {
  await fill({ mail: 'late@example.org' });
  const link = await linkTo('late@example.org');
  const [id = '', signed = ''] = link.split('/').at(-1)?.split('.') ?? [];
  for (const token of [`${id}.${'a'.repeat(32)}`, `${'A'.repeat(22)}.${signed}`, 'x', `${id}`, '..%2f'])
    expect((await openPage(app, `/fr/comments/${token}`)).status).toBe(410);
  wait(8 * 86_400_000);
  expect((await openPage(app, link)).status).toBe(410);
  expect((await press(link)).status).toBe(410);
  wait(86_400_000);
  expect(await db.transact(forgetUnconfirmedComments)).toBeGreaterThan(0);
});

test('what was typed for ten minutes survives an expired form, a wrong address and a restart', async () => {
  const text = 'Dix minutes de travail.\n\n'.repeat(40).trim();
  const form = await openPage(app, `/fr/posts/${slug}/comment`);
  const typed = { ...form.fields, name: 'Zoé', mail: 'zoe@', text, asks: '1', publicly: '' };
  wait(25 * 3_600_000);
  const wrong = await sendForm(app, `/fr/posts/${slug}/comment`, typed);
  expect(wrong.status).toBe(422);
  expect(wrong.title).toMatch(/^Erreur/);
  expect(wrong.fields.text?.trim()).toBe(text);
  expect(wrong.html).toMatch(/name="asks"[^>]*checked/);
  const expired = await sendForm(app, `/fr/posts/${slug}/comment`, { ...typed, mail: 'zoe@exmaple.org' });
  expect(expired.status).toBe(422);
  expect(expired.fields.text?.trim()).toBe(text);
  wait(5_000);
  // Another process, after a restart, takes the form the first one gave.
  const restarted = createApp(testHouse(db));
  const taken = await sendForm(restarted, `/fr/posts/${slug}/comment`, { ...expired.fields, asks: '', publicly: '' });
  expect(taken.text).toContain('zoe@exmaple.org');
  expect(taken.text).toContain('Cette adresse est fausse');
  expect(taken.fields.text?.trim()).toBe(text);
  wait(5_000);
  const right = await sendForm(app, `/fr/posts/${slug}/comment`, {
    ...taken.fields,
    mail: 'right@example.org',
    asks: '',
    publicly: '',
  });
  expect(right.text).toContain('right@example.org');
  expect((await commentOf('right@example.org')).text).toBe(text);
});

test('one form sent twice is one comment and one mail', async () => {
  const form = await openPage(app, `/fr/posts/${slug}/comment`);
  wait(5_000);
  const typed = { ...form.fields, name: 'D', mail: 'double@example.org', text: 'Deux fois.', asks: '', publicly: '' };
  for (const page of await Promise.all([1, 2, 3].map(() => sendForm(app, `/fr/posts/${slug}/comment`, typed))))
    expect(page.text).toContain('double@example.org');
  expect(await mailsTo('double@example.org', 'confirm')).toHaveLength(1);
});

test('programs are turned away: the honeypot, a form sent at once, one without our signature', async () => {
  expect((await fill({ website: 'https://spam.example.com' })).status).toBe(422);
  const form = await openPage(app, `/fr/posts/${slug}/comment`);
  const typed = { ...form.fields, name: 'B', mail: 'bot@example.org', text: 'Vite fait.', asks: '', publicly: '' };
  expect((await sendForm(app, `/fr/posts/${slug}/comment`, typed)).status).toBe(422);
  wait(5_000);
  expect((await sendForm(app, `/fr/posts/${slug}/comment`, { ...typed, form: `${randomUUID()}.x` })).status).toBe(422);
  expect(await mailsTo('bot@example.org', 'confirm')).toEqual([]);
});

test('a network may write so often, and what was typed comes back with the refusal', async () => {
  for (let time = 0; time < 10; time++)
    expect(
      (await fill({ mail: `n${time}@example.org`, text: `Avis numéro ${'x'.repeat(time)} différent.` })).status,
    ).toBe(200);
  const refused = await fill({ mail: 'n11@example.org', text: 'Le onzième avis.' });
  expect(refused.status).toBe(429);
  expect(refused.fields.text?.trim()).toBe('Le onzième avis.');
});

const fromAnywhere = () => db.database.pool.query(`delete from attempt where key like '%network%'`);

test('an address may write so often from anywhere, however it is spelled', async () => {
  for (const mail of [
    'zoe@example.org',
    'ZOE@example.org',
    'zoe+a@example.org',
    ' zoe@example.org',
    'zoe+b@example.org',
  ]) {
    await fromAnywhere();
    expect((await fill({ mail, text: `Avis de ${mail} ici.` })).status).toBe(200);
  }
  await fromAnywhere();
  const refused = await fill({ mail: 'Zoe+c@Example.org', text: 'Le sixième avis.' });
  expect(refused.status).toBe(429);
  expect(refused.fields.text?.trim()).toBe('Le sixième avis.');
  expect((await fill({ mail: 'ana@example.org', text: 'Une autre voix.' })).status).toBe(200);
});

test('a flood below the posts of one commune stops at its own gate, and other communes still speak', async () => {
  const texts = [{ locale: 'fr' as const, title: 'Un sujet local', markdown: 'Texte.' }];
  const flooded = await publishTestPost(db, { texts, wholeTerritory: false, communes: ['39478'] });
  const other = await publishTestPost(db, { texts, wholeTerritory: false, communes: ['39300'] });
  expect((await fill({ mail: 'f@example.org', text: 'Le premier avis.' }, flooded.slug)).status).toBe(200);
  for (let time = 1; time < 120; time++) expect(await mayTry(testHouse(db), 'comment, by commune', '39478')).toBe(true);
  await fromAnywhere();
  const refused = await fill({ mail: 'g@example.org', text: 'Le cent vingt et unième.' }, flooded.slug);
  expect(refused.status).toBe(429);
  expect(refused.fields.text?.trim()).toBe('Le cent vingt et unième.');
  expect((await fill({ mail: 'g@example.org', text: 'Une voix d’ailleurs.' }, other.slug)).status).toBe(200);
});

test('read afterwards, a known writer appears at once; first comments, links, likenesses and edits still wait', async () => {
  await db.database.pool.query(`update operator set moderate_comments = 'after'`);
  const held = async () => {
    await press(await linkTo('known@example.org'));
    return (await commentOf('known@example.org')).heldWhy;
  };
  await fill({ mail: 'known@example.org', text: 'Bonjour, premier passage ici.' });
  expect(await held()).toBe('first');
  await decide({ view: 'waiting', do: 'publish', chosen: (await commentOf('known@example.org')).id });
  await fill({ mail: 'known@example.org', text: 'Une seconde remarque, sans rapport aucun.' });
  expect(await held()).toBeNull();
  expect(await onPage()).toContain('Une seconde remarque');
  await fill({ mail: 'known@example.org', text: 'Voir https://a.example http://b.example et www.c.example' });
  expect(await held()).toBe('links');
  await fill({ mail: 'known@example.org', text: 'Une seconde remarque, sans rapport aucun !!' });
  expect(await held()).toBe('alike');
});

test('one level of replies: a reply to a reply is refused by the database, and what was hidden takes its replies along', async () => {
  await fill({ mail: 'a@example.org', text: 'Je pose la question du samedi.' });
  await press(await linkTo('a@example.org'));
  const first = await commentOf('a@example.org');
  await decide({ view: 'waiting', do: 'publish', chosen: first.id });
  await fill({ mail: 'b@example.org', text: 'Moi aussi, le samedi me manque.', reply: first.id });
  await press(await linkTo('b@example.org'));
  const reply = await commentOf('b@example.org');
  expect(reply.parentId).toBe(first.id);
  await decide({ view: 'waiting', do: 'publish', chosen: reply.id });
  const deeper = db.transact((tx) =>
    writeComment(tx, {
      ...{ postId, parentId: reply.id, locale: 'fr' as const, name: 'C', mail: 'c@example.org', text: 'Trop bas' },
      ...{ asksOperator: false, answerPublicly: false, contentHash: Buffer.from(randomUUID()) },
    }),
  );
  await expect(deeper).rejects.toThrow('not a reply itself');
  await decide({ view: 'shown', do: 'hide', reason: 'off-topic', chosen: first.id });
  expect(await onPage()).not.toMatch(/samedi/);
});

test('the writer is told the reason, the public log lists it without the text, and it can be put back', async () => {
  await fill({ mail: 'rude@example.org', text: 'Insulte particulièrement grossière.' });
  await press(await linkTo('rude@example.org'));
  const { id } = await commentOf('rude@example.org');
  await decide({ view: 'waiting', do: 'publish', chosen: id });
  const without = await decide({ view: 'shown', do: 'hide', chosen: id });
  expect(without.status).toBe(422);
  await decide({ view: 'shown', do: 'hide', reason: 'insult', words: 'Une personne est visée.', chosen: id });
  const [, told] = await mailsTo('rude@example.org', 'comment');
  expect(told?.text).toContain('insulte ou attaque d’une personne');
  expect(told?.text).toContain('Une personne est visée.');
  expect((await openPage(app, await linkTo('rude@example.org'))).text).toContain('insulte ou attaque');
  const log = await onPage('/fr/removed');
  expect(log).toContain('insulte ou attaque d’une personne');
  expect(log).not.toContain('grossière');
  expect(log).not.toContain('rude');
  await decide({ view: 'hidden', do: 'restore', chosen: id });
  expect(await onPage()).toContain('grossière');
  expect(await onPage('/fr/removed')).not.toContain(`Sujet ${turn}`);
});

test('a reader reports a comment and gets a reference, by mail too; the decision settles it', async () => {
  await fill({ mail: 'seen@example.org', text: 'Voici le numéro de ma voisine.' });
  await press(await linkTo('seen@example.org'));
  const { id } = await commentOf('seen@example.org');
  await decide({ view: 'waiting', do: 'publish', chosen: id });
  const form = await openPage(app, `/fr/comments/${id}/report`);
  wait(5_000);
  const typed = { ...form.fields, reason: 'private-data', words: 'Son numéro !', mail: 'witness@example.org' };
  expect((await sendForm(app, `/fr/comments/${id}/report`, { ...typed, reason: '' })).fields.words?.trim()).toBe(
    'Son numéro !',
  );
  const done = await sendForm(app, `/fr/comments/${id}/report`, typed);
  const reference = /S-[\dA-F]{8}/.exec(done.text)?.[0] ?? '?';
  await sendForm(app, `/fr/comments/${id}/report`, typed);
  const mails = await mailsTo('witness@example.org', 'acknowledgement');
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain(reference);
  expect(mails[0]?.text).not.toMatch(/numéro !|voisine/);
  expect((await openPage(app, '/fr/staff/moderation?view=reported', moderator)).text).toContain('Son numéro !');
  await decide({ view: 'reported', do: 'hide', reason: 'private-data', chosen: id });
  expect((await openPage(app, '/fr/staff/moderation?view=reported', moderator)).text).not.toContain('Son numéro !');
});

test('a question becomes a message to the writer’s own advisor with a date, and the answer stands below when both wish', async () => {
  const customer = await addTestCustomer(db, world, { mail: 'client@example.org' });
  await fill({
    mail: 'client@example.org',
    text: 'Quand la fibre passe-t-elle rue du Pré ?',
    asks: '1',
    publicly: '1',
  });
  const confirmed = await press(await linkTo('client@example.org'));
  expect(confirmed.text).toMatch(/Votre question est arrivée. Ana Perrin vous répond avant/);
  await press(await linkTo('client@example.org'));
  const interactions = await db.database.kysely
    .selectFrom('interaction')
    .where('customerId', '=', customer.id)
    .select(['id', 'channel', 'caseFileId', 'text'])
    .execute();
  expect(interactions).toMatchObject([{ channel: 'comment' }]);
  const commitment = await db.database.kysely
    .selectFrom('commitment')
    .where('customerId', '=', customer.id)
    .select(['kind', 'ownerId'])
    .execute();
  expect(commitment).toEqual([{ kind: 'answer', ownerId: world.ana }]);
  const comment = await commentOf('client@example.org');
  await decide({ view: 'waiting', do: 'publish', chosen: comment.id });
  const answerId = randomUUID();
  await db.database.kysely
    .insertInto('interaction')
    .values({
      ...{
        id: answerId,
        customerId: customer.id,
        caseFileId: interactions[0]?.caseFileId ?? '',
        channel: 'mail',
        direction: 'out',
      },
      ...{ at: db.clock.now, byStaff: world.staff.ana, byAdvisor: world.ana, text: 'En mars prochain.' },
    })
    .execute();
  expect(await onPage()).not.toContain('En mars');
  expect((await openPage(app, '/fr/staff/moderation?view=answers', moderator)).text).toContain('En mars prochain.');
  const answer = { comment: comment.id, interaction: answerId, [`text-${answerId}`]: 'En mars prochain.' };
  await sendForm(app, '/fr/staff/moderation/answer', answer, { headers: moderator });
  expect(await onPage()).toMatch(/Ana Perrin, Régie du Haut-Jura.*En mars prochain\./);
  // Whoever did not tick it keeps their answer to themselves.
  await db.database.kysely.updateTable('comment').set({ answerPublicly: false }).where('id', '=', comment.id).execute();
  const refused = { ...answer, [`text-${answerId}`]: 'Autre réponse.' };
  await sendForm(app, '/fr/staff/moderation/answer', refused, { headers: moderator });
  expect(await onPage()).not.toContain('Autre réponse.');
});

test('an address nobody knows goes to the tray with a duty owner, also by one press of the moderator, and only once', async () => {
  await fill({ mail: 'inconnu@example.org', text: 'Le poteau devant chez moi penche.' });
  await press(await linkTo('inconnu@example.org'));
  const { id } = await commentOf('inconnu@example.org');
  await decide({ view: 'waiting', ask: id });
  await decide({ view: 'waiting', ask: id });
  const tray = await db.database.kysely
    .selectFrom('trayItem')
    .where('fromMail', '=', 'inconnu@example.org')
    .selectAll()
    .execute();
  expect(tray).toMatchObject([{ channel: 'comment', reason: 'unknown_sender' }]);
  expect(tray[0]?.dueAt.getTime()).toBeGreaterThan(db.clock.now.getTime());
});

test('only an administrator chooses when comments are read, and what follows in law stands beside the choice', async () => {
  const setting = await openPage(app, '/fr/staff/moderation?view=setting', moderator);
  expect(setting.text).toMatch(/éditeur.*hébergeur/);
  const choose = (headers: { Cookie: string }) =>
    sendForm(app, '/fr/staff/moderation/setting', { when: 'after' }, { headers });
  expect((await choose(moderator)).status).toBe(404);
  expect((await choose(await signIn('administrator'))).status).toBe(303);
  const { moderateComments } = await db.database.kysely
    .selectFrom('operator')
    .select('moderateComments')
    .executeTakeFirstOrThrow();
  expect(moderateComments).toBe('after');
});

test('ten thousand confirmed spam comments publish nothing, stand as a few lines below the honest ones, and leave by one press', async () => {
  await db.database.pool.query(`update operator set moderate_comments = 'after'`);
  await db.database.pool.query('delete from comment');
  await db.database.pool.query('delete from likeness');
  const templates = [
    (n: number) => `Gagnez ${n} euros par jour avec notre méthode secrète ! https://gain${n}.example.com`,
    (n: number) => `Crédit immédiat sans justificatif, offre n° ${n}, cliquez www.credit${n}.example.com`,
    (n: number) => `Bonjour cher ami, j'ai ${n} dollars à partager avec vous, répondez vite à mon notaire.`,
  ];
  // A stream for each template, as three machines would send.
  const spam = (from: number, to: number) =>
    Promise.all(templates.map((fillIn, stream) => oneStream(fillIn, from + stream, to)));
  const oneStream = async (fillIn: (n: number) => string, from: number, to: number) => {
    for (let at = from; at < to; at += 600)
      await db.transact(async (tx) => {
        for (let n = at; n < Math.min(at + 600, to); n += 3) {
          const text = fillIn(n);
          const written = await writeComment(tx, {
            ...{ postId, parentId: null, locale: 'fr' as const, name: `N${n}`, mail: `n${n}@spam.example.com`, text },
            ...{ asksOperator: false, answerPublicly: false, contentHash: Buffer.from(`spam ${n}`) },
          });
          if (written.kind === 'kept') await confirmComment(tx, { kind: 'public' }, written.id);
        }
      });
  };
  await spam(0, 5_000);
  await fill({ mail: 'honest@example.org', text: 'La coupure de mardi a duré toute la journée chez nous.' });
  await press(await linkTo('honest@example.org'));
  await spam(5_000, 10_000);
  expect(await onPage()).toContain('Personne n’a encore commenté.');
  const queue = await moderationQueue(db.database.kysely);
  expect(queue.comments).toBe(10_001);
  expect(queue.lines[0]).toMatchObject({ text: 'La coupure de mardi a duré toute la journée chez nous.' });
  expect(queue.groups).toBeLessThanOrEqual(10);
  const page = await openPage(app, '/fr/staff/moderation', moderator);
  expect(page.html.length).toBeLessThan(60_000);
  for (const { likenessId, count } of queue.lines)
    if (count > 1) await decide({ view: 'waiting', do: 'refuse', reason: 'spam', chosen: `like:${likenessId}` });
  const after = await moderationQueue(db.database.kysely);
  expect(after.lines.filter(({ count }) => count === 1).map(({ name }) => name)).toContain('Zoé');
  expect(after.comments).toBeLessThan(20);
  expect(await mailsTo('n1@spam.example.com', 'comment')).toEqual([]);
  // More of it is turned away at the door, in words.
  const more = await fill({ mail: 'n10001@spam.example.com', text: templates[0]?.(10_001) ?? '' });
  expect(more.text).toContain('ressemble à des messages déjà refusés');
  expect(await onPage()).toContain('Personne n’a encore commenté.');
}, 120_000);
