import { beforeAll, beforeEach, expect, test } from 'vitest';
import { bearer, testHouse } from '../../../../test/app.ts';
import { testDatabase } from '../../../../test/database.ts';
import { openPage, sendForm } from '../../../../test/page.ts';
import { addTestCustomer, buildWorld, type World } from '../../../../test/world.ts';
import { createApp } from '../../../app.ts';
import { system } from '../../../desk/actor.ts';
import { receiveInteraction } from '../../../desk/interactions/receive.ts';
import { writeMail } from '../../../desk/outbox/write-mail.ts';
import { openCustomerLink } from '../../../desk/people/customer-links.ts';
import { callerOf } from '../../../desk/views/caller.ts';
import { customerEntries } from '../../../desk/views/customer-entries.ts';
import { readCustomerRecord } from '../../../desk/views/customer-record.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { openTray } from '../../../desk/views/tray.ts';
import type { OutboxInfo } from './shapes.ts';

const db = testDatabase();
const SERVER = { VISAVIS_SMTP_URL: 'smtp://127.0.0.1:2525' };
let world: World;
let bare: ReturnType<typeof createApp>;
let withServer: ReturnType<typeof createApp>;

beforeAll(async () => {
  world = await buildWorld(db);
  bare = createApp(testHouse(db));
  withServer = createApp(testHouse(db, SERVER));
});

beforeEach(async () => {
  await db.database.kysely.deleteFrom('outgoingMail').execute();
  await db.database.kysely.deleteFrom('attempt').execute();
});

async function read(app: typeof bare, role: 'lead' | 'administrator') {
  const answer = await app.request('/api/v1/workspace/outbox', { headers: await bearer(db, role) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as OutboxInfo;
}

/** Somebody asks for a new password of the administrator, as anyone on the network can. */
async function forgetPassword(): Promise<string> {
  await db.database.kysely
    .updateTable('staff')
    .set({ role: 'administrator' })
    .where('id', '=', world.staff.chloe)
    .execute();
  await sendForm(bare, '/fr/staff/forgotten', { mail: 'chloe@regie.example.org' });
  return tokenSent(/\/staff\/password\/([\w-]{43})/);
}

async function tokenSent(pattern: RegExp): Promise<string> {
  const sent = await db.database.kysely.selectFrom('outgoingMail').select('text').executeTakeFirstOrThrow();
  const token = pattern.exec(sent.text)?.[1];
  expect(token).toHaveLength(43);
  return token ?? '';
}

async function linkToPage(): Promise<{ token: string; customerId: string; mail: string }> {
  const { id, mail } = await addTestCustomer(db, world);
  await db.transact((tx) => openCustomerLink(tx, { customerId: id }));
  return { token: await tokenSent(/\/my\/enter\/([\w-]{43})/), customerId: id, mail };
}

test('a lead never reads a link of the staff: who holds it is an administrator', async () => {
  const token = await forgetPassword();
  for (const app of [bare, withServer]) {
    const { mails } = await read(app, 'lead');
    expect(mails).toMatchObject([{ kind: 'staff', to: 'chloe@regie.example.org', linkHidden: true }]);
    expect(mails[0]?.text).toContain('[lien]');
    expect(JSON.stringify(mails)).not.toContain(token);
  }
});

test('an administrator reads it while no mail can leave, and never once one can', async () => {
  const token = await forgetPassword();
  expect(JSON.stringify(await read(bare, 'administrator'))).toContain(token);
  expect(JSON.stringify(await read(withServer, 'administrator'))).not.toContain(token);
});

test('with a mail server nobody reads a customer’s link; without one it is the only way to it', async () => {
  const { token } = await linkToPage();
  for (const role of ['lead', 'administrator'] as const) {
    expect(JSON.stringify(await read(withServer, role))).not.toContain(token);
    expect(JSON.stringify(await read(bare, role))).toContain(token);
  }
});

test('what has left shows no link, even after the server was taken away', async () => {
  const { token } = await linkToPage();
  await db.database.kysely.updateTable('outgoingMail').set({ sentAt: db.clock.now }).execute();
  const { mails } = await read(bare, 'administrator');
  expect(mails).toMatchObject([{ state: 'sent', linkHidden: true }]);
  expect(JSON.stringify(mails)).not.toContain(token);
});

test('in the first steps, a stranger’s message is confirmed by the link the outbox shows', async () => {
  const path = `/fr/contact/${world.ana}/write`;
  const { fields } = await openPage(bare, `${path}?commune=39478`);
  db.clock.now = new Date(db.clock.now.getTime() + 20_000);
  await sendForm(bare, path, { ...fields, text: 'Plus de réseau.', name: 'Odile', mail: 'odile@example.org' });
  const [mail] = (await read(bare, 'lead')).mails;
  expect(mail).toMatchObject({ to: 'odile@example.org', linkHidden: false });
  const link = /\/fr\/confirm\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? '';
  expect((await openPage(bare, link)).text).toContain('Plus de réseau.');
});

test('of 201 that wait the newest are shown and the rest counted, and what failed long ago is still there', async () => {
  const customer = await addTestCustomer(db, world);
  const write = (subject: string) =>
    db.transact((tx) =>
      writeMail(tx, {
        kind: 'reply',
        to: customer.mail,
        subject,
        text: 'Bonjour.',
        automatic: false,
        customerId: customer.id,
      }),
    );
  const broken = await write('Broken');
  await db.database.kysely
    .updateTable('outgoingMail')
    .set({ failedAt: db.clock.now, lastError: '550 no such user' })
    .where('id', '=', broken)
    .execute();
  const pass = () => {
    db.clock.now = new Date(db.clock.now.getTime() + 1_000);
  };
  for (let count = 1; count <= 200; count++) {
    pass();
    await write(`Mail ${count}`);
  }
  const all = await read(bare, 'lead');
  expect(all.more).toEqual({ failed: 0, waiting: 0 });
  expect(all.mails).toHaveLength(201);

  pass();
  await write('Mail 201');
  const { mails, more } = await read(bare, 'lead');
  expect(more).toEqual({ failed: 0, waiting: 1 });
  expect(mails.filter(({ state }) => state === 'failed').map(({ subject }) => subject)).toEqual(['Broken']);
  const waiting = mails.filter(({ state }) => state === 'waiting').map(({ subject }) => subject);
  expect([waiting.length, waiting[0], waiting.at(-1)]).toEqual([200, 'Mail 201', 'Mail 2']);
});

test('a link quoted in a mail stands in no timeline, search, inbox, tray or export', async () => {
  const { token, customerId, mail } = await linkToPage();
  const quoted = `Merci Séverine.\n> http://localhost:8080/fr/my/enter/${token}`;
  const html = `<p>Merci</p><blockquote><a href="http://localhost:8080/fr/my/enter/${token}">lien</a></blockquote>`;
  const write = (from: string) =>
    db.transact((tx) =>
      receiveInteraction(tx, system, {
        channel: 'mail',
        at: tx.now,
        from: { mail: from },
        proven: true,
        subject: 'Re',
        text: quoted,
        html,
        acknowledge: false,
      }),
    );
  const received = await write(mail);
  await write('nobody@example.org');
  // A lead may add any address to a customer: an export must not bring what was written to it.
  await db.transact((tx) =>
    writeMail(tx, { kind: 'staff', to: mail, subject: 'Votre mot de passe', text: quoted, automatic: true }),
  );
  const headers = await bearer(db, 'lead');
  const id = received.kind === 'interaction' ? received.id : '';
  for (const path of [
    `/api/v1/customers/${customerId}/timeline`,
    `/api/v1/advisors/${world.ana}/inbox`,
    '/api/v1/search?q=Séverine',
    `/api/v1/workspace/interactions/${id}/html`,
  ]) {
    const answer = await withServer.request(path, { headers });
    const text = await answer.text();
    expect([answer.status, text.includes('Merci')], path).toEqual([200, true]);
    expect(text, path).not.toContain(token);
  }
  const { kysely } = db.database;
  const roster = await readRoster(kysely, db.clock.now);
  const shown = {
    customer: await customerEntries(kysely, roster, customerId, undefined),
    tray: await openTray(kysely, roster),
    caller: await callerOf(kysely, db.clock.now, customerId, 'fr'),
    record: (await readCustomerRecord(kysely, customerId))?.tables,
  };
  for (const [view, held] of Object.entries(shown)) {
    expect(JSON.stringify(held), view).toContain('[lien]');
    expect(JSON.stringify(held), view).not.toContain(token);
  }
});
