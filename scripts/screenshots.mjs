// Takes every public and customer page of the built product on the demo, in light, dark and at 320 px, into test-results/.
// `--url http://… --enter LINK…` looks at a running installation instead of starting one; `--only=PART` takes fewer pages,
// `--out=FOLDER` puts them elsewhere.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../test/browser.ts';

const out = process.argv.find((argument) => argument.startsWith('--out='))?.slice(6) ?? 'test-results/screenshots';
const looks = {
  light: { viewport: { width: 1100, height: 800 }, colorScheme: 'light' },
  dark: { viewport: { width: 1100, height: 800 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 }, colorScheme: 'light' },
};
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
mkdirSync(out, { recursive: true });

const demo = await startDemo();
const browser = await launchBrowser();
try {
  const { customer, townHall } = await signIn();
  const pages = [
    ...(await publicPages()),
    ...(await customerPages('customer', customer)),
    ['town-hall', '/fr/my', townHall],
    ['town-hall-report', '/fr/my/report', townHall],
  ];
  for (const [look, options] of Object.entries(looks)) await takeAll(look, options, pages);
} finally {
  await browser.close();
  await demo.stop();
}

async function publicPages() {
  const page = await browser.newPage();
  await page.goto(`${demo.url}/fr/contact?postcode=39240`);
  const person = await page.locator('a[href*="/fr/contact/"]').first().getAttribute('href');
  const [id] = /[0-9a-f-]{36}/.exec(person) ?? [];
  await page.close();
  return [
    ['home', '/fr'],
    ['home-en', '/en'],
    ['find', '/fr/contact'],
    ['find-empty', '/fr/contact?where='],
    ['find-unknown', '/fr/contact?where=Besancom'],
    ['find-several', '/fr/contact?where=Saint-Laurent'],
    ['find-not-served', '/fr/contact?postcode=75011'],
    ['find-postcode', '/fr/contact?postcode=39240'],
    ['find-one', '/fr/contact?commune=39013'],
    ['find-town', '/fr/contact?commune=25056'],
    ['contact', `/fr/contact/${id}?commune=39013`],
    ['contact-en', `/en/contact/${id}`],
    ['write', `/fr/contact/${id}/write?commune=39013`],
    ['write-sent-mail', await writeTo(id, 'Votre courriel', 'camille@example.org')],
    ['write-sent-phone', await writeTo(id, 'Votre téléphone', '06 39 98 01 01')],
    ['card', '/fr/card'],
    ['card-sent', '/fr/card/sent'],
    ['confirm-gone', '/fr/confirm/nothing'],
    ['enter', '/fr/my/enter'],
    ['not-found', '/fr/nothing-here'],
  ];
}

/** Writes a message as people do; answers the address of the page they are led to. */
async function writeTo(id, label, reach) {
  const page = await browser.newPage();
  await page.goto(`${demo.url}/fr/contact/${id}/write`);
  await page.getByLabel('Votre message').fill('Ma ligne ne marche plus.');
  await page.getByLabel('Votre nom').fill('Camille Essai');
  await page.getByLabel(label).fill(reach);
  // Nobody writes faster: the form would come back.
  await page.waitForTimeout(2_500);
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.waitForURL('**/sent/**');
  const { pathname } = new URL(page.url());
  await page.close();
  return pathname;
}

async function customerPages(name, cookies) {
  const context = await browser.newContext();
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${demo.url}/fr/my`);
  const matter = await page.locator('a[href*="/my/case-files/"]').first().getAttribute('href');
  await context.close();
  return [
    [name, '/fr/my', cookies],
    [`${name}-case-file`, matter, cookies],
    [`${name}-details`, '/fr/my/details', cookies],
    [`${name}-write`, '/fr/my/write', cookies],
  ];
}

/** Through the button, as people do; answers the cookies. */
async function signIn() {
  const sessions = [];
  for (const link of demo.links) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(link);
    await page.locator('main button').click();
    await page.waitForURL('**/my');
    sessions.push(await context.cookies());
    await context.close();
  }
  return { customer: sessions[0], townHall: sessions[1] };
}

async function takeAll(look, options, pages) {
  for (const [name, path, cookies] of pages) {
    if (only && !name.includes(only)) continue;
    const context = await browser.newContext({ ...options, javaScriptEnabled: false });
    if (cookies) await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(demo.url + path);
    await page.screenshot({ path: join(out, `${name}-${look}.png`), fullPage: true });
    await context.close();
  }
}

async function startDemo() {
  const at = process.argv.indexOf('--url');
  if (at > 0) return { url: process.argv[at + 1], links: process.argv.slice(at + 3), stop: () => {} };
  const data = mkdtempSync(join(tmpdir(), 'visavis-shots-'));
  const port = 20000 + Math.floor(Math.random() * 20000);
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
    env: {
      ...process.env,
      PORT: String(port),
      VISAVIS_SMTP_PORT: '0',
      VISAVIS_DEMO: '1',
      VISAVIS_DATA: data,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('The demo did not start.')));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (/^Visavis: /m.test(said)) resolve();
    });
  });
  return {
    url: `http://localhost:${port}`,
    links: said.match(/http\S+\/my\/enter\/\S+/g) ?? [],
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
