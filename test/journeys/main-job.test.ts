import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type ServerType, serve } from '@hono/node-server';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { type SmtpIntake, startSmtpIntake } from '../../src/channels/mail/intake-smtp.ts';
import { mailJobs } from '../../src/channels/mail/jobs.ts';
import { corpusFile, fixture } from '../../src/channels/mail/parse/fixtures/read-fixtures.ts';
import { parseMail } from '../../src/channels/mail/parse/parse-mail.ts';
import { heldActionJobs } from '../../src/desk/held-actions/jobs.ts';
import { customerLink } from '../../src/desk/people/customer-links.ts';
import { makeOneTimeLink } from '../../src/desk/people/one-time-links.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { noDns } from '../servers/dns.ts';
import { type Dovecot, startDovecot } from '../servers/dovecot.ts';
import { type Exim, startExim } from '../servers/exim.ts';
import { testHouse } from '../servers/house.ts';
import { suiteNeeding } from '../servers/needs.ts';
import { addTestCustomer, buildWorld, type World } from '../world.ts';

// A mail of the corpora, which nobody here wrote; where they are missing, the nastiest one of ours. The name of the suite
// says which, so that no report of tests claims the one for the other.
const foreign = corpusFile('mail/fixtures/plain_emails/basic_email.eml');
const ours = () =>
  Buffer.concat([Buffer.from('Message-ID: <ours@example.org>\r\n'), fixture('windows-1252-declared-utf8')]);
const raw = foreign ? readFileSync(foreign) : ours();
const parsed = parseMail(raw);
const writer = parsed.from.address ?? '';

const which = foreign ? 'with a mail nobody here wrote' : 'with a fixture of our own: the corpora are missing';
if (!foreign) process.stderr.write(`the main job runs ${which} (../shared/corpora)\n`);

suiteNeeding(['dovecot', 'exim'], `the main job, ${which}`, () => {
  const db = testDatabase();
  let world: World;
  let intake: SmtpIntake;
  let dovecot: Dovecot;
  let exim: Exim;
  let server: ServerType;
  let origin: string;
  let browser: Browser;

  beforeAll(async () => {
    db.clock.now = new Date();
    world = await buildWorld(db);
    intake = await startSmtpIntake(testHouse(db));
    dovecot = await startDovecot();
    const people = [writer.split('@')[0] ?? ''];
    exim = await startExim({
      operator: { domain: 'regie.example.org', port: intake.port },
      mailFolder: dovecot.mailFolder,
      people,
    });
    let app: ReturnType<typeof createApp> | undefined;
    server = serve({
      fetch: (request, env) => app?.fetch(request, env) ?? new Response(),
      port: 0,
      hostname: '127.0.0.1',
    });
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const house = { ...testHouse(db, { VISAVIS_SMTP_URL: exim.url, VISAVIS_ORIGIN: origin }), clock: () => new Date() };
    app = createApp(house);
    await db.jobs.work([...mailJobs(house, noDns), ...heldActionJobs(house)]);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await intake?.stop();
    await exim?.stop();
    await dovecot?.stop();
  });

  /** The mails in the writer's mailbox, once there are so many, in any order. */
  const inMailbox = async (count: number) => {
    const user = writer.split('@')[0] ?? '';
    await expect.poll(() => dovecot.messages(user).length, { timeout: 40_000 }).toBe(count);
    return Promise.all(dovecot.messages(user).map((each) => simpleParser(each)));
  };
  const signIn = async (page: Page, path: string) => {
    await page.goto(origin + path);
    await page.locator('main form button').first().click();
    await page.waitForURL((url) => url.pathname !== path);
  };

  test('a mail that nobody here wrote is acknowledged by name, answered from the workspace, and seen by its writer', async () => {
    const customer = await addTestCustomer(db, world, { mail: writer.toLowerCase(), name: 'Foyer Écrivain' });
    await createTransport({ host: '127.0.0.1', port: exim.port, ignoreTLS: true }).sendMail({
      envelope: { from: writer, to: 'the.director@regie.example.org' },
      raw,
    });

    const [acknowledgement] = await inMailbox(1);
    expect(acknowledgement?.from?.value[0]?.name).toBe('Ana Perrin, Régie du Haut-Jura');
    expect(acknowledgement?.text).toMatch(/Je vous réponds avant .*\d\sh/);
    expect(acknowledgement?.inReplyTo).toBe(`<${parsed.messageId}>`);

    const workspace = await (await browser.newContext()).newPage();
    const token = await db.transact((tx) =>
      makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: world.staff.ana, validForHours: 1 }),
    );
    await signIn(workspace, `/fr/staff/enter/${token}`);
    await workspace.getByText('Foyer Écrivain').first().waitFor();
    await workspace.keyboard.press('j');
    await workspace.keyboard.press('Enter');
    await workspace.getByRole('heading', { name: 'Foyer Écrivain' }).waitFor();
    await workspace.keyboard.press('r');
    await workspace.keyboard.type('Bonjour, je passe chez vous jeudi matin.');
    await workspace.keyboard.press('Control+Enter');

    const answer = (await inMailbox(2)).find(({ messageId }) => messageId !== acknowledgement?.messageId);
    expect(answer?.text).toContain('je passe chez vous jeudi matin.');
    expect(answer?.from?.value[0]?.name).toBe('Ana Perrin, Régie du Haut-Jura');
    expect([answer?.references].flat()).toContain(`<${parsed.messageId}>`);
    expect(answer?.headers.get('auto-submitted')).toBeUndefined();

    const own = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    const link = await db.transact((tx) => customerLink(tx, { customerId: customer.id }, 'fr'));
    await signIn(own, new URL(link).pathname);
    const response = await own.goto(`${origin}/fr/my`);
    const page = (await response?.body()) ?? Buffer.alloc(0);
    const text = (await own.locator('body').textContent())?.replace(/\s+/g, ' ');
    expect(text).toContain('Ana Perrin');
    expect(text).toContain('je passe chez vous jeudi matin.');
    expect(text).toContain(parsed.text.trim().split('\n')[0]?.trim().slice(0, 30));
    expect(gzipSync(page).length).toBeLessThan(14 * 1024);
    expect(page.toString().replace(/<script src="\/offline\.js" [^>]*><\/script>/, '')).not.toMatch(/<script/);
  }, 120_000);
});
