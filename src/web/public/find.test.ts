import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { newId } from '../../desk/id.ts';
import { preferredLanguage } from '../ui/preferred-language.ts';

const db = testDatabase();
let app: App;
let world: World;

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
});

describe('the home page', () => {
  test('leads to the language the browser prefers', async () => {
    expect((await app.request('/', { headers: { 'Accept-Language': 'en-GB,fr;q=0.5' } })).headers.get('location')).toBe(
      '/en',
    );
    expect(preferredLanguage('de, en;q=0.3, fr;q=0.8', 'fr')).toBe('fr');
    expect(preferredLanguage('en;q=0, de', 'fr')).toBe('fr');
    expect(preferredLanguage('', 'fr')).toBe('fr');
  });

  test('asks one question in French and in English', async () => {
    const french = await openPage(app, '/fr');
    expect(french.title).toBe('Qui est votre contact ? · Régie du Haut-Jura');
    expect(french.headers.get('content-language')).toBe('fr');
    expect((await openPage(app, '/en')).text).toContain('Who is your contact?');
  });

  test('answers 304 while nothing has changed', async () => {
    const first = await openPage(app, '/fr');
    const again = await app.request('/fr', { headers: { 'If-None-Match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect(first.headers.get('cache-control')).toContain('public');
  });
});

describe('who is my contact', () => {
  test('a postcode leads to the person, with a number to touch', async () => {
    const page = await openPage(app, '/fr/contact?postcode=39200');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Ana Perrin');
    expect(page.html).toContain('href="tel:+33353010010"');
  });

  test('so do the INSEE code, the name without accents, and the one field', async () => {
    for (const question of ['commune=39478', 'commune=saint+claude', 'where=ST+CLAUDE', 'where=39200'])
      expect((await openPage(app, `/fr/contact?${question}`)).text, question).toContain('Ana Perrin');
  });

  test('a misspelt name is kept in the field, with near misses', async () => {
    const page = await openPage(app, '/fr/contact?where=Saint-Glaude');
    expect(page.status).toBe(404);
    expect(page.title).toMatch(/^Erreur : /);
    expect(page.fields.where).toBe('Saint-Glaude');
    expect(page.text).toContain('Saint-Claude');
  });

  test('what was typed cannot become markup', async () => {
    const page = await openPage(app, `/fr/contact?where=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(page.elements('script')).toEqual([]);
  });

  test('an empty question says what to type', async () => {
    const page = await openPage(app, '/en/contact?where=');
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^Error: /);
    expect(page.text).toContain('Type a postcode or the name of your town.');
  });

  test('a commune that is not served is said so, with a way on', async () => {
    const page = await openPage(app, '/fr/contact?postcode=75011');
    expect(page.text).toContain('Nous n’avons pas encore de réseau à Paris');
    expect(page.text).toContain('03 53 01 00 00');
    expect(page.text).not.toContain('Ana Perrin');
  });

  test('a large town shows the person of each sector, once each', async () => {
    await db.database.kysely
      .insertInto('area')
      .values(
        (['Nord 1', 'Nord 2', 'Sud'] as const).map((sector, index) => ({
          id: newId(),
          communeInsee: '25056',
          sector,
          officeId: world.officeId,
          advisorId: index < 2 ? world.bruno : world.chloe,
        })),
      )
      .execute();
    const page = await openPage(app, '/fr/contact?commune=25056');
    expect(page.text).toContain('Nord 1 à 2');
    expect(page.text.match(/Bruno Cattin/g)).toHaveLength(1);
    expect(page.text).toContain('Chloé Vuillemin');
    expect(page.html).toContain('/fr/card');
  });
});

describe('the page of a person', () => {
  test('shows name, number, hours, backups and office', async () => {
    const page = await openPage(app, `/fr/contact/${world.ana}?commune=39478`);
    for (const said of [
      'Votre contact à Saint-Claude',
      'Ana Perrin',
      '03 53 01 00 10',
      'Du lundi au vendredi, de 8 h 30 à 12 h, de 13 h à 18 h',
      'Bruno Cattin et Chloé Vuillemin répondent à sa place.',
      '1 rue du Pré',
    ])
      expect(page.text).toContain(said);
  });

  test('gives the mail address to who presses the button, and to no one who only reads', async () => {
    const read = await openPage(app, `/fr/contact/${world.ana}`);
    expect(read.html).not.toMatch(/@regie|mailto/);
    expect(read.text).not.toContain('ana@regie.example.org');
    expect(read.text).toMatch(/ana-perrin-\d{4}-[a-z2-7]{6}@regie\.example\.org/);
    const card = await app.request(`/fr/contact/${world.ana}/contact.vcf`);
    expect(await card.text()).not.toContain('@');
    const shown = await sendForm(app, `/fr/contact/${world.ana}/address`, {});
    expect(shown.text).toContain('ana@regie.example.org');
    expect(shown.headers.get('cache-control')).toBe('private, no-store');
  });

  test('says who answers while the person is away, and until when', async () => {
    await db.database.kysely
      .insertInto('absence')
      .values({
        id: newId(),
        advisorId: world.bruno,
        startsAt: new Date('2026-11-20T08:00:00Z'),
        endsAt: new Date('2026-12-01T08:00:00Z'),
        coverAdvisorId: world.lea,
        enteredAt: new Date('2026-11-20T08:00:00Z'),
      })
      .execute();
    const page = await openPage(app, `/fr/contact/${world.bruno}`);
    expect(page.text).toContain('Bruno Cattin est en congé. Léa Marandet répond à sa place');
    expect(page.text).toContain('mardi 1er décembre');
  });

  test('nobody, a stranger’s id and nonsense are not there', async () => {
    for (const id of [newId(), 'x', '%00']) expect((await openPage(app, `/fr/contact/${id}`)).status, id).toBe(404);
  });

  test('the card for a phone cannot be given another line by a name', async () => {
    await db.database.kysely
      .updateTable('advisor')
      .set({ familyName: 'Vuillemin;\r\nTEL:+33199001234' })
      .where('id', '=', world.chloe)
      .execute();
    const card = await (await app.request(`/fr/contact/${world.chloe}/contact.vcf`)).text();
    expect(card.match(/^TEL/gm)).toHaveLength(1);
    expect(card).toContain('\\;');
    for (const line of card.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});
