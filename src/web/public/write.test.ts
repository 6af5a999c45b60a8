import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';

const db = testDatabase();
let app: App;
let world: World;
let path: string;

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  path = `/fr/contact/${world.ana}/write`;
});

beforeEach(async () => {
  await db.database.kysely.deleteFrom('attempt').execute();
});

/** The form as opened, left open for a while, and filled in. */
async function filled(typed: Record<string, string>): Promise<Record<string, string>> {
  const { fields } = await openPage(app, `${path}?commune=39478`);
  db.clock.now = new Date(db.clock.now.getTime() + 20_000);
  return { ...fields, text: 'La box clignote en rouge.', name: 'Odile Jacquet', ...typed };
}

async function linkFor(mail: string): Promise<string> {
  const sent = await db.database.kysely
    .selectFrom('outgoingMail')
    .where('toAddress', '=', mail)
    .where('kind', '=', 'confirm')
    .select('text')
    .orderBy('createdAt', 'desc')
    .execute();
  return /\/fr\/confirm\/[\w-]{43}/.exec(sent[0]?.text ?? '')?.[0] ?? '';
}

const count = async (table: 'interaction' | 'trayItem' | 'pendingMessage' | 'outgoingMail') =>
  Number(
    (
      await db.database.kysely
        .selectFrom(table)
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirst()
    )?.n,
  );

describe('a message with a mail address', () => {
  test('waits for its writer, then is in, on one timeline, with a person and a date', async () => {
    const customer = await addTestCustomer(db, world, { mail: 'odile@example.org' });
    const sent = await sendForm(app, path, await filled({ mail: 'Odile@example.org' }));
    expect(sent.text).toContain('Nous avons écrit à odile@example.org.');
    expect(await count('interaction')).toBe(0);

    const link = await linkFor('odile@example.org');
    for (let i = 0; i < 3; i++) expect((await openPage(app, link)).text).toContain('La box clignote en rouge.');
    expect(await count('interaction')).toBe(0);

    const received = await sendForm(app, link, {});
    expect(received.text).toContain('Ana Perrin a reçu votre message');
    expect(received.text).toMatch(/Ana Perrin vous répond avant .+ h/);
    const [interaction] = await db.database.kysely.selectFrom('interaction').selectAll().execute();
    expect(interaction).toMatchObject({
      customerId: customer.id,
      channel: 'message',
      text: 'La box clignote en rouge.',
    });
  });

  test('is not sent twice by a second press, nor by a second link', async () => {
    const before = await count('interaction');
    const form = await filled({ mail: 'odile@example.org', text: 'Encore moi.' });
    await sendForm(app, path, form);
    await sendForm(app, path, form);
    const link = await linkFor('odile@example.org');
    await sendForm(app, link, {});
    const again = await sendForm(app, link, {});
    expect(again.text).toContain('Votre message est déjà parti.');
    expect(await count('interaction')).toBe(before + 1);
  });

  test('of a stranger goes to the tray, with a person and a date', async () => {
    await sendForm(app, path, await filled({ mail: 'someone@example.org', name: 'Rémi Boudet' }));
    const received = await sendForm(app, await linkFor('someone@example.org'), {});
    expect(received.text).toMatch(/lit votre message et vous répond avant/);
    const [item] = await db.database.kysely.selectFrom('trayItem').selectAll().execute();
    expect(item).toMatchObject({
      party: 'Rémi Boudet · someone@example.org',
      subject: expect.stringContaining('Saint-Claude'),
    });
  });

  test('keeps its files to the end', async () => {
    const file = new File(['red light'], 'box/../photo.txt', { type: 'text/plain' });
    await sendForm(app, path, await filled({ mail: 'odile@example.org', text: 'Avec photo.' }), { files: [file] });
    await sendForm(app, await linkFor('odile@example.org'), {});
    const files = await db.database.kysely.selectFrom('attachment').select('filename').execute();
    expect(files).toEqual([{ filename: 'box .. photo.txt' }]);
  });

  test('a link that is too old or invented says so and sends nothing', async () => {
    await sendForm(app, path, await filled({ mail: 'late@example.org' }));
    const link = await linkFor('late@example.org');
    db.clock.now = new Date(db.clock.now.getTime() + 8 * 86_400_000);
    const before = await count('trayItem');
    expect((await sendForm(app, link, {})).status).toBe(410);
    expect((await sendForm(app, '/fr/confirm/invented', {})).status).toBe(410);
    expect(await count('trayItem')).toBe(before);
  });
});

describe('a message with a phone number alone', () => {
  test('is in at once, filed as not proven', async () => {
    const { id } = await addTestCustomer(db, world, { phone: '+33639980101' });
    await sendForm(app, path, await filled({ phone: '06 39 98 01 01', text: 'Appelez-moi.' }));
    const row = await db.database.kysely
      .selectFrom('interaction')
      .where('customerId', '=', id)
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(row.text).toBe('Appelez-moi.');
    expect(row.caution).toContain('sans preuve');
  });

  test('is answered the same for a number we know and for one we do not', async () => {
    const { id } = await addTestCustomer(db, world, { phone: '+33639980202', advisorId: world.chloe });
    const known = await sendForm(app, path, await filled({ phone: '06 39 98 02 02' }));
    const unknown = await sendForm(app, path, await filled({ phone: '06 39 98 03 03' }));
    expect(known.text.replace('06 39 98 02 02', '…')).toBe(unknown.text.replace('06 39 98 03 03', '…'));
    expect(known.text).not.toContain('Chloé');
    expect(
      await db.database.kysely.selectFrom('interaction').where('customerId', '=', id).select('id').execute(),
    ).toHaveLength(1);
  });
});

describe('nothing typed is ever lost', () => {
  const long = 'Une longue histoire.\nDeux lignes, et un <b>signe</b>.';

  test('whatever is wrong, the form comes back filled, saying how to mend it', async () => {
    const before = [await count('pendingMessage'), await count('trayItem'), await count('interaction')];
    const wrongs: [Record<string, string>, string][] = [
      [{ mail: 'odile' }, 'Ce courriel n’est pas complet.'],
      [{ phone: '12' }, 'Ce numéro n’est pas complet.'],
      [{}, 'Donnez un courriel ou un téléphone'],
      [{ mail: 'a@example.org', name: '' }, 'Écrivez votre nom.'],
      [{ mail: 'a@example.org', form: 'forged' }, 'Cette page était ouverte depuis longtemps.'],
      [{ mail: 'a@example.org', website: 'https://spam.example' }, 'C’était très rapide.'],
    ];
    for (const [typed, sentence] of wrongs) {
      const page = await sendForm(app, path, await filled({ text: long, ...typed }));
      expect(page.status, sentence).toBe(422);
      expect(page.title).toMatch(/^Erreur : /);
      expect(page.text).toContain(sentence);
      expect(page.fields).toMatchObject({ text: long, commune: 'Saint-Claude' });
    }
    expect([await count('pendingMessage'), await count('trayItem'), await count('interaction')]).toEqual(before);
  });

  test('a form left open for two days can be sent with the second press', async () => {
    const form = await filled({ mail: 'slow@example.org', text: long });
    db.clock.now = new Date(db.clock.now.getTime() + 2 * 86_400_000);
    const back = await sendForm(app, path, form);
    expect(back.status).toBe(422);
    db.clock.now = new Date(db.clock.now.getTime() + 5_000);
    expect((await sendForm(app, path, back.fields)).text).toContain('Nous avons écrit à slow@example.org.');
  });

  test('files that are too large are refused with a sentence, the text stays', async () => {
    const file = new File([new Uint8Array(26 * 1024 * 1024)], 'film.mp4');
    const page = await sendForm(app, path, await filled({ mail: 'a@example.org', text: long }), { files: [file] });
    expect(page.text).toContain('Ces pièces dépassent 25 Mo.');
    expect(page.fields.text).toBe(long);
  });

  test('too many messages from one network are refused with the text kept', async () => {
    for (let i = 0; i < 20; i++) await sendForm(app, path, await filled({ mail: `n${i}@example.org` }));
    const page = await sendForm(app, path, await filled({ mail: 'last@example.org', text: long }));
    expect(page.status).toBe(429);
    expect(page.fields.text).toBe(long);
    expect(await linkFor('last@example.org')).toBe('');
  });
});
