import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendAndGoOn, sendForm } from '../../../test/page.ts';
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
    const sent = await sendAndGoOn(app, path, await filled({ mail: 'Odile@example.org' }));
    expect(sent.text).toContain('Nous avons écrit à odile@example.org.');
    expect(await count('interaction')).toBe(0);

    const link = await linkFor('odile@example.org');
    for (let i = 0; i < 3; i++) expect((await openPage(app, link)).text).toContain('La box clignote en rouge.');
    expect(await count('interaction')).toBe(0);

    const received = await sendAndGoOn(app, link, {});
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
    await sendAndGoOn(app, path, form);
    await sendAndGoOn(app, path, form);
    const link = await linkFor('odile@example.org');
    await sendAndGoOn(app, link, {});
    const again = await sendAndGoOn(app, link, {});
    expect(again.text).toContain('Ana Perrin a reçu votre message');
    expect(await count('interaction')).toBe(before + 1);
  });

  test('of a stranger goes to the tray, with a person and a date', async () => {
    await sendAndGoOn(app, path, await filled({ mail: 'someone@example.org', name: 'Rémi Boudet' }));
    const received = await sendAndGoOn(app, await linkFor('someone@example.org'), {});
    expect(received.text).toMatch(/lit votre message et vous répond avant/);
    const [item] = await db.database.kysely.selectFrom('trayItem').selectAll().execute();
    expect(item).toMatchObject({
      party: 'Rémi Boudet · someone@example.org',
      subject: expect.stringContaining('Saint-Claude'),
    });
  });

  test('keeps its files to the end', async () => {
    const file = new File(['red light'], 'box/../photo.txt', { type: 'text/plain' });
    await sendAndGoOn(app, path, await filled({ mail: 'odile@example.org', text: 'Avec photo.' }), { files: [file] });
    await sendAndGoOn(app, await linkFor('odile@example.org'), {});
    const files = await db.database.kysely.selectFrom('attachment').select('filename').execute();
    expect(files).toEqual([{ filename: 'box .. photo.txt' }]);
  });

  test('a link that is too old or invented says so and sends nothing', async () => {
    await sendAndGoOn(app, path, await filled({ mail: 'late@example.org' }));
    const link = await linkFor('late@example.org');
    db.clock.now = new Date(db.clock.now.getTime() + 8 * 86_400_000);
    const before = await count('trayItem');
    expect((await sendAndGoOn(app, link, {})).status).toBe(410);
    expect((await sendAndGoOn(app, '/fr/confirm/invented', {})).status).toBe(410);
    expect(await count('trayItem')).toBe(before);
  });
});

describe('after sending, the page can be loaded again', () => {
  const sentTo = async (typed: Record<string, string>) => {
    const answer = await sendForm(app, path, await filled({ text: `Encore ${JSON.stringify(typed)}`, ...typed }));
    expect(answer.status).toBe(303);
    return answer.headers.get('location') ?? '';
  };
  const pass = (hours: number) => {
    db.clock.now = new Date(db.clock.now.getTime() + hours * 3_600_000);
  };

  test('in both languages, and neither mail nor number stands in its address', async () => {
    const ways: Record<string, string>[] = [{ mail: 'again@example.org' }, { phone: '06 39 98 01 07' }];
    for (const typed of ways) {
      const location = await sentTo(typed);
      expect(location).not.toMatch(/again|example|39980107|39 98/);
      const before = await count('trayItem');
      const first = await openPage(app, location);
      expect(first.text).toContain(Object.values(typed)[0]);
      expect(first.headers.get('cache-control')).toBe('private, no-store');
      expect((await openPage(app, location)).text).toBe(first.text);
      expect((await openPage(app, location.replace('/fr/', '/en/'))).text).toMatch(
        /We wrote to|Your message has arrived/,
      );
      expect(await count('trayItem')).toBe(before);
    }
  });

  test('not for ever, not with an altered address, and not at another person’s', async () => {
    const location = await sentTo({ mail: 'secret@example.org' });
    const wrong = [location.slice(0, -3), location.replace(world.ana, world.chloe)];
    for (const each of wrong) expect(await openPage(app, each)).toMatchObject({ status: 410 });
    pass(25);
    const late = await openPage(app, location);
    expect(late.status).toBe(410);
    expect(late.text).not.toContain('secret@example.org');
  });

  test('the link that confirmed says who has the message and by when, for a day and while that is owed', async () => {
    await sendForm(app, path, await filled({ mail: 'odile@example.org', text: 'Toujours rien.' }));
    const link = await linkFor('odile@example.org');
    const pressed = await sendForm(app, link, {});
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, link]);
    const before = await count('interaction');
    const shown = await openPage(app, link);
    expect(shown.text).toMatch(/Ana Perrin a reçu votre message.+vous répond avant/);
    expect(shown.text).not.toContain('Toujours rien.');
    expect((await openPage(app, link.replace('/fr/', '/en/'))).text).toContain('Ana Perrin has your message');
    expect(await count('interaction')).toBe(before);
    pass(25);
    const late = await openPage(app, link);
    expect(late.text).toContain('Votre message est déjà parti.');
    expect(late.text).not.toContain('Ana Perrin a reçu');
  });

  test('the link says no date any more once the promise was kept, nor that of a later one', async () => {
    await sendForm(app, path, await filled({ mail: 'odile@example.org', text: 'Une dernière chose.' }));
    const link = await linkFor('odile@example.org');
    await sendForm(app, link, {});
    expect((await openPage(app, link)).text).toContain('Ana Perrin a reçu');
    pass(1);
    await db.database.pool.query(
      `with kept as (update commitment set kept_at = $1
         where kept_at is null and broken_at is null and withdrawn_at is null returning *)
       insert into commitment (id, case_file_id, customer_id, owner_id, kind, made_at, due_at)
         select gen_random_uuid(), case_file_id, customer_id, owner_id, 'nextNews', $1, $1 + interval '3 days' from kept`,
      [db.clock.now],
    );
    expect((await openPage(app, link)).text).toContain('Votre message est déjà parti.');
  });
});

describe('a message with a phone number alone', () => {
  test('is in at once, filed as not proven', async () => {
    const { id } = await addTestCustomer(db, world, { phone: '+33639980101' });
    await sendAndGoOn(app, path, await filled({ phone: '06 39 98 01 01', text: 'Appelez-moi.' }));
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
    const known = await sendAndGoOn(app, path, await filled({ phone: '06 39 98 02 02' }));
    const unknown = await sendAndGoOn(app, path, await filled({ phone: '06 39 98 03 03' }));
    const [one, other] = [known, unknown].map(({ text }) => text.replace(/06 39 98 0\d 0\d|sent\/[\w-]+/g, '…'));
    expect(one).toBe(other);
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
      const page = await sendAndGoOn(app, path, await filled({ text: long, ...typed }));
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
    const back = await sendAndGoOn(app, path, form);
    expect(back.status).toBe(422);
    db.clock.now = new Date(db.clock.now.getTime() + 5_000);
    expect((await sendAndGoOn(app, path, back.fields)).text).toContain('Nous avons écrit à slow@example.org.');
  });

  test('files that are too large are refused with a sentence, the text stays', async () => {
    const file = new File([new Uint8Array(26 * 1024 * 1024)], 'film.mp4');
    const page = await sendAndGoOn(app, path, await filled({ mail: 'a@example.org', text: long }), { files: [file] });
    expect(page.text).toContain('Ces pièces dépassent 25 Mo.');
    expect(page.fields.text).toBe(long);
  });

  test('too many messages from one network are refused with the text kept', async () => {
    for (let i = 0; i < 20; i++) await sendAndGoOn(app, path, await filled({ mail: `n${i}@example.org` }));
    const page = await sendAndGoOn(app, path, await filled({ mail: 'last@example.org', text: long }));
    expect(page.status).toBe(429);
    expect(page.fields.text).toBe(long);
    expect(await linkFor('last@example.org')).toBe('');
  });
});
