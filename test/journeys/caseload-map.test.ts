import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { system } from '../../src/desk/actor.ts';
import { importContours } from '../../src/desk/contours/import-contours.ts';
import { testHouse } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { signInStaff } from '../sign-in.ts';
import { addTestCustomer, buildWorld } from '../world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const db = testDatabase();
let browser: Browser;
let server: Server;
let origin: string;
let Cookie: string;

beforeAll(async () => {
  const world = await buildWorld(db);
  await addTestCustomer(db, world);
  const square = (code: string, west: number, neighbours: string[]) => ({
    code,
    rings: [[west, west + 0.1, west + 0.1, west, west].map((x, at): [number, number] => [x, at % 4 < 2 ? 46.3 : 46.4])],
    at: { longitude: west + 0.05, latitude: 46.35 },
    neighbours,
  });
  await db.transact((tx) =>
    importContours(tx, system, [square('39478', 5.8, ['39150']), square('39150', 5.9, ['39478'])]),
  );
  const app = createApp(testHouse(db));
  ({ Cookie } = await signInStaff(db, app, world.staff.lea));
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
      origin = `http://localhost:${port}`;
      resolve();
    }) as Server;
  });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

test('the map of caseloads is drawn, fits 320 px, has its table on the keyboard, and axe finds no barrier', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 320, height: 640 },
      extraHTTPHeaders: { Cookie },
      bypassCSP: true,
    });
    const page = await context.newPage();
    await page.goto(`${origin}/fr/staff/caseloads/map`);
    expect(await page.evaluate(`document.querySelector('img[src$="map.svg"]').naturalWidth`)).toBeGreaterThan(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await page.evaluate(axe);
    const found = (await page.evaluate('axe.run()')) as { violations: { id: string }[] };
    expect(found.violations.map(({ id }) => id)).toEqual([]);
    await page.getByRole('link', { name: 'Ouvrir la carte seule' }).focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TABLE');
    await context.close();
  }
});
