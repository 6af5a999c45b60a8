import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, attribute, openPage, sendForm, textOf } from '../../../test/page.ts';
import { signInAs } from '../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { system } from '../../desk/actor.ts';
import { addNote } from '../../desk/casefiles/note.ts';
import { reply } from '../../desk/casefiles/reply.ts';
import { newId } from '../../desk/id.ts';
import { storeBlob } from '../../desk/interactions/blobs.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';

const db = testDatabase();
let app: App;
let world: World;
let customerId: string;
let headers: { Cookie: string };
let caseFileId: string;

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
});

beforeEach(async () => {
  await db.database.kysely.deleteFrom('attempt').execute();
  ({ id: customerId } = await addTestCustomer(db, world, { name: 'Famille Jacquet' }));
  headers = await signInAs(db, app, customerId);
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { customerId },
      proven: true,
      subject: 'Internet coupé',
      text: 'Plus rien depuis ce matin.',
      caution: 'for the staff only',
      acknowledge: false,
    }),
  );
  if (received.kind !== 'interaction') throw new Error('went to the tray');
  caseFileId = received.caseFileId;
});

const open = (path: string) => openPage(app, path, headers);
const interactions = () =>
  db.database.kysely.selectFrom('interaction').where('customerId', '=', customerId).orderBy('id').selectAll().execute();

async function write(path: string, action: string, typed: Record<string, string>, files: File[] = []) {
  const { fields } = await open(path);
  db.clock.now = new Date(db.clock.now.getTime() + 10_000);
  return sendForm(app, action, { ...fields, ...typed }, { headers, files });
}

describe('my page', () => {
  test('shows the person, what is owed and by when, and what was said', async () => {
    const page = await open('/fr/my');
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    for (const said of [
      'Ana Perrin',
      '03 53 01 00 10',
      'Famille Jacquet',
      'Internet coupé',
      'Plus rien depuis ce matin.',
    ])
      expect(page.text).toContain(said);
    expect(page.text).toMatch(/Ana Perrin vous répond avant .*\d h/);
  });

  test('never shows notes, cautions, or what is another’s', async () => {
    const other = await addTestCustomer(db, world, { name: 'Famille Voisine' });
    await db.transact(async (tx) => {
      const staff = { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana } as const;
      await addNote(tx, staff, { caseFileId, text: 'Internal secret.' });
      await receiveInteraction(tx, system, {
        channel: 'mail',
        at: tx.now,
        from: { customerId: other.id },
        proven: true,
        text: 'Neighbour secret.',
        acknowledge: false,
      });
    });
    for (const path of ['/fr/my', `/fr/my/case-files/${caseFileId}`, '/fr/my/details'])
      expect((await open(path)).html, path).not.toMatch(/secret|for the staff only|Voisine/);
  });

  test('leads who is not signed in to the way in', async () => {
    const answer = await app.request('/en/my', { headers: { Accept: 'text/html' } });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/en/my/enter');
  });

  test('shows how we can reach this customer', async () => {
    const page = await open('/fr/my/details');
    expect(page.text).toMatch(/customer\d+@example\.org/);
    expect(page.text).toMatch(/06 39 98/);
  });
});

describe('answering', () => {
  test('joins the matter, with files, and says by when the answer comes', async () => {
    const path = `/fr/my/case-files/${caseFileId}`;
    const file = new File(['%PDF'], 'facture.pdf', { type: 'application/pdf' });
    const sent = await write(path, `${path}/reply`, { text: 'Toujours rien.' }, [file]);
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe(`${path}?done=sent`);
    const all = await interactions();
    expect(all.map((each) => [each.caseFileId, each.text])).toEqual([
      [caseFileId, 'Plus rien depuis ce matin.'],
      [caseFileId, 'Toujours rien.'],
    ]);
    const page = await open(`${path}?done=sent`);
    expect(page.text).toContain('Ana Perrin a reçu votre message.');
    const href = /\/fr\/my\/attachments\/[\w-]+/.exec(page.html)?.[0] ?? '';
    const download = await app.request(href, { headers });
    expect(await download.text()).toBe('%PDF');
    expect(download.headers.get('content-disposition')).toContain('attachment');
    expect(download.headers.get('content-type')).toBe('application/octet-stream');
  });

  test('twice with one press is once', async () => {
    const path = `/fr/my/case-files/${caseFileId}`;
    const { fields } = await open(path);
    db.clock.now = new Date(db.clock.now.getTime() + 10_000);
    const form = { ...fields, text: 'Une seule fois.' };
    await Promise.all([1, 2, 3].map(() => sendForm(app, `${path}/reply`, form, { headers })));
    expect((await interactions()).filter((each) => each.text === 'Une seule fois.')).toHaveLength(1);
  });

  test('an empty or over-heavy answer comes back with what was typed', async () => {
    const path = `/fr/my/case-files/${caseFileId}`;
    const empty = await write(path, `${path}/reply`, { text: ' ' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('Écrivez votre message.');
    const film = new File([new Uint8Array(26 * 1024 * 1024)], 'film.mp4');
    const heavy = await write(path, `${path}/reply`, { text: 'Voyez le film.' }, [film]);
    expect(heavy.text).toContain('Ces pièces dépassent 25 Mo.');
    expect(heavy.fields.text).toBe('Voyez le film.');
    expect(await interactions()).toHaveLength(1);
  });

  test('when the session has ended meanwhile, the text is given back', async () => {
    const path = `/fr/my/case-files/${caseFileId}`;
    const page = await sendForm(app, `${path}/reply`, { text: 'Écrit pendant une heure.' });
    expect(page.status).toBe(404);
    expect(page.fields.kept).toBe('Écrit pendant une heure.');
    expect(await interactions()).toHaveLength(1);
  });

  test('nobody answers in a matter of someone else', async () => {
    const stranger = await addTestCustomer(db, world);
    const theirs = await signInAs(db, app, stranger.id);
    const path = `/fr/my/case-files/${caseFileId}`;
    expect((await openPage(app, path, theirs)).status).toBe(404);
    expect((await sendForm(app, `${path}/reply`, { text: 'Intrus.' }, { headers: theirs })).status).toBe(404);
    expect((await sendForm(app, `${path}/solved`, { solved: 'yes' }, { headers: theirs })).status).toBe(404);
    expect(await interactions()).toHaveLength(1);
  });

  test('a new matter gets a subject, a person and a date', async () => {
    const sent = await write('/fr/my/write', '/fr/my/write', { subject: 'Ma facture', text: 'Elle est double.' });
    const page = await open(new URL(sent.headers.get('location') ?? '', 'http://x').pathname);
    expect(page.title).toMatch(/^Ma facture/);
    expect(page.text).toMatch(/Ana Perrin vous répond avant/);
  });
});

describe('is it solved?', () => {
  const closed = () =>
    db.database.kysely.selectFrom('caseFile').where('id', '=', caseFileId).select('closedAt').executeTakeFirstOrThrow();

  test('a yes closes the matter, a no opens it again with a commitment', async () => {
    const path = `/fr/my/case-files/${caseFileId}`;
    await sendForm(app, `${path}/solved`, { solved: 'yes' }, { headers });
    expect((await closed()).closedAt).not.toBeNull();
    expect((await open(path)).text).toContain('Terminé');
    await sendForm(app, `${path}/solved`, { solved: 'no', moment: 'x' }, { headers });
    expect((await closed()).closedAt).toBeNull();
    expect((await open(path)).text).toMatch(/Ana Perrin vous répond avant/);
  });

  test('a no can be said once we have answered, not before', async () => {
    const path = `/fr/my/case-files/${caseFileId}`;
    expect((await open(path)).text).not.toContain('Non, pas encore');
    db.clock.now = new Date(db.clock.now.getTime() + 60_000);
    const staff = { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana } as const;
    await db.transact((tx) => reply(tx, staff, { caseFileId, text: 'Un technicien passe demain.' }));
    const page = await open(path);
    expect(page.text).toContain('Un technicien passe demain.');
    expect(page.text).toContain('Non, pas encore');
  });
});

describe('an answer that is neither yes nor no', () => {
  const solved = (fields: Record<string, string>, language = 'fr') =>
    sendForm(app, `/${language}/my/case-files/${caseFileId}/solved`, fields, { headers });
  const closedAt = async () =>
    (
      await db.database.kysely
        .selectFrom('caseFile')
        .where('id', '=', caseFileId)
        .select('closedAt')
        .executeTakeFirstOrThrow()
    ).closedAt;

  async function answered(): Promise<void> {
    db.clock.now = new Date(db.clock.now.getTime() + 60_000);
    const staff = { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana } as const;
    await db.transact((tx) => reply(tx, staff, { caseFileId, text: 'Un technicien passe demain.' }));
  }

  test.each<Record<string, string>>([{}, { solved: '' }, { solved: 'oui' }, { solved: 'NO' }])(
    'is asked again and writes nothing: %o',
    async (fields) => {
      await answered();
      const before = await interactions();
      const page = await solved(fields);
      expect(page.status).toBe(422);
      expect(page.text).toContain('Répondez par un des boutons');
      expect(page.html).toMatch(/id="solved"/);
      expect((await solved(fields, 'en')).text).toContain('Answer with one of the buttons');
      expect(await interactions()).toEqual(before);
      expect(await closedAt()).toBeNull();
    },
  );

  test('nor is a no taken that the page does not offer: we have not answered yet', async () => {
    const early = await solved({ solved: 'no', moment: 'x' });
    expect(early.status).toBe(422);
    expect(early.text).toContain('Nous avons votre demande et y répondrons.');
    expect(await interactions()).toHaveLength(1);
    await answered();
    db.clock.now = new Date(db.clock.now.getTime() + 60_000);
    expect((await solved({ solved: 'no', moment: 'x' })).status).toBe(303);
    expect(await interactions()).toHaveLength(3);
    // Pressed twice: said once.
    expect((await solved({ solved: 'no', moment: 'x' })).status).toBe(422);
    expect(await interactions()).toHaveLength(3);
  });
});

describe('a long story', () => {
  test('stays light: ten exchanges a page, each as far as it goes, the whole a touch away', async () => {
    const words = 'abcdefghijklmnopqrstuvwxyzéèàçœ';
    const story = (seed: number) =>
      Array.from({ length: 1_500 }, (_, i) =>
        words.slice((seed * 7 + i * 13) % 23, ((seed * 7 + i * 13) % 23) + 2 + ((i * seed) % 7)),
      ).join(' ');
    for (let i = 1; i <= 25; i++)
      await db.transact((tx) =>
        receiveInteraction(tx, system, {
          channel: 'mail',
          at: new Date(tx.now.getTime() - i * 60_000),
          from: { customerId },
          proven: true,
          caseFileId,
          text: `Lettre ${i}. ${story(i)} fin ${i}.`,
          acknowledge: false,
        }),
      );
    for (const path of ['/fr/my', `/fr/my/case-files/${caseFileId}`]) {
      const seen = new Set<string>();
      let next: string | undefined = path;
      for (let turns = 0; next && turns < 5; turns++) {
        const page = await open(next);
        expect(gzipSync(page.html).length, next).toBeLessThanOrEqual(14 * 1024);
        for (const [letter] of page.text.matchAll(/Lettre \d+\./g)) {
          expect(seen.has(letter), `${letter} twice`).toBe(false);
          seen.add(letter);
        }
        next = /href="(\/fr[^"]+\?before=[^"]+)"/.exec(page.html)?.[1];
      }
      expect(seen.size, path).toBe(25);
    }
    const whole = /\/fr\/my\/exchanges\/[\w-]+/.exec((await open('/fr/my')).html)?.[0] ?? '';
    const text = await app.request(whole, { headers });
    expect(text.headers.get('content-type')).toContain('text/plain');
    expect(await text.text()).toMatch(/^Lettre (\d+)\. .* fin \1\.$/s);
    const stranger = await addTestCustomer(db, world);
    expect((await app.request(whole, { headers: await signInAs(db, app, stranger.id) })).status).toBe(404);
  });
});

describe('a change of contact that was announced', () => {
  const move = (values: { introducedAt: Date | null; withdrawnAt?: Date; whyWithdrawn?: 'undone' }) =>
    db.transact(async (tx) => {
      const planId = newId();
      await tx.db
        .insertInto('caseloadPlan')
        .values({ id: planId, kind: 'repair', askedAt: tx.now, state: 'ready' })
        .execute();
      const times = { introduceAt: tx.now, changeAt: new Date('2026-12-03T08:00:00Z') };
      const who = { customerId, fromAdvisorId: world.ana, toAdvisorId: world.bruno };
      await tx.db
        .insertInto('caseloadMove')
        .values({ planId, ...who, ...times, ...values })
        .execute();
    });

  test('stands on the page with its day, and who answers until then', async () => {
    await move({ introducedAt: db.clock.now });
    const said = /À partir de jeudi 3 décembre, votre contact sera Bruno.*\. Jusque-là, Ana.* vous répond\./;
    expect((await open('/fr/my')).text).toMatch(said);
    expect((await open('/en/my')).text).toMatch(/From Thursday 3 December your contact will be Bruno/);
  });

  test('is not said before the introduction, nor when it was taken back', async () => {
    await move({ introducedAt: null });
    await move({ introducedAt: db.clock.now, withdrawnAt: db.clock.now, whyWithdrawn: 'undone' });
    expect((await open('/fr/my')).text).not.toContain('votre contact sera');
  });
});

describe('what others send', () => {
  test('no text, name or file name becomes markup', async () => {
    const nasty = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    await db.transact(async (tx) =>
      receiveInteraction(tx, system, {
        channel: 'mail',
        at: tx.now,
        from: { customerId },
        proven: true,
        subject: nasty,
        text: nasty,
        html: nasty,
        acknowledge: false,
        attachments: [{ filename: nasty, contentType: 'text/html', sha256: await storeBlob(tx, Buffer.from(nasty)) }],
      }),
    );
    const page = await open('/fr/my');
    expect(page.text).toContain('<script>');
    expect(page.elements('script').map((script) => [attribute(script, 'src'), textOf(script)])).toEqual([
      ['/offline.js', ''],
    ]);
    expect(page.elements('img').length).toBe(0);
  });
});
