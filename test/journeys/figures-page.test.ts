import { mkdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { plantDemo } from '../../src/desk/demo/plant.ts';
import { gatherFigures } from '../../src/desk/figures/gather.ts';
import { testHouse } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { signInStaff } from '../sign-in.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const db = testDatabase();
const pictures = new URL('../../test-results/figures/', import.meta.url).pathname;
let browser: Browser;
let server: Server;
let origin: string;
let Cookie: string;

beforeAll(async () => {
  await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 39, customers: 600 }));
  await gatherAll();
  const app = createApp(testHouse(db));
  const lead = await db.database.kysely.selectFrom('staff').where('role', '=', 'lead').select('id').executeTakeFirst();
  ({ Cookie } = await signInStaff(db, app, lead?.id ?? ''));
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
      origin = `http://localhost:${port}`;
      resolve();
    }) as Server;
  });
  browser = await launchBrowser();
  mkdirSync(pictures, { recursive: true });
}, 180_000);
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

/** Other databases of the server may hold a transaction open; what is younger is gathered later. */
async function gatherAll(): Promise<void> {
  for (let attempt = 0; attempt < 800; attempt += 1) {
    await db.transact(gatherFigures);
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from event, figures_place p
      where (event.xid, event.seq) > (p.xid, p.seq)`.execute(db.database.kysely);
    if (rows[0]?.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('a transaction of another database stayed open');
}

test.each([
  ['light', 1_000, 'fr'],
  ['dark', 1_000, 'en'],
  ['light', 320, 'fr'],
] as const)(
  'figures and plan of the leads, %s at %s px: axe finds nothing, neither is wider than its window, plots have words',
  async (colorScheme, width, language) => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
      extraHTTPHeaders: { Cookie },
      bypassCSP: true,
    });
    const page = await context.newPage();
    for (const [name, path, plots] of [
      ['figures', 'figures?from=2026-01-01&to=2026-11-30', 2],
      ['plan', 'plan?calls=9000&advisors=15&peak=1.6', 3],
    ] as const) {
      await page.goto(`${origin}/${language}/staff/${path}`);
      expect(await page.locator('figure.plot svg[aria-label]').count(), name).toBe(plots);
      expect(await page.locator('.figures th, .figures td').count()).toBeGreaterThan(20);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide, `${name} at ${width}`).toBeLessThanOrEqual(width);
      await page.evaluate(axe);
      const found = (await page.evaluate('axe.run()')) as { violations: { id: string }[] };
      expect(
        found.violations.map(({ id }) => id),
        name,
      ).toEqual([]);
      await page.screenshot({ path: `${pictures}${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
    await context.close();
  },
  120_000,
);
