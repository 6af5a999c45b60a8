import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testHouse } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import type { App } from '../../../test/page.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { createApp } from '../../app.ts';
import { plantDemo } from '../../desk/demo/plant.ts';
import { gatherFigures } from '../../desk/figures/gather.ts';
import { publishFigures } from '../../desk/figures/publish.ts';

const db = testDatabase();
let app: App;

beforeAll(async () => {
  await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 39, customers: 600 }));
  app = createApp(testHouse(db));
}, 180_000);

const textOf = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.request(path, { headers });
  return { status: response.status, text: await response.text() };
};

test('before the first whole month the page says so, and there is no table to download', async () => {
  expect((await textOf('/fr/figures')).text).toContain('Les premiers chiffres paraissent');
  expect((await textOf('/fr/figures.csv')).status).toBe(404);
});

test('the public page shows what was published, in both languages, in 14 KB, without a script', async () => {
  for (let attempt = 0; attempt < 800; attempt += 1) {
    await db.transact(gatherFigures);
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from event, figures_place p
      where (event.xid, event.seq) > (p.xid, p.seq)`.execute(db.database.kysely);
    if (rows[0]?.left === 0) break;
    await wait(100);
  }
  await db.transact(publishFigures);
  for (const [locale, own, verdict] of [
    ['fr', 'Avec son propre contact', 'pour les mairies'],
    ['en', 'With one’s own contact', 'for town halls'],
  ] as const) {
    const { status, text } = await textOf(`/${locale}/figures`);
    expect(status).toBe(200);
    expect(text).toContain(own);
    expect(text).toContain(verdict);
    expect(text).toContain('<svg');
    expect(text).not.toContain('<script');
    expect(gzipSync(text).length).toBeLessThan(14 * 1024);
  }
}, 100_000);

test('the table has a row for every group, and nothing where there are fewer than ten', async () => {
  const { text } = await textOf('/en/figures.csv');
  const [head, ...rows] = text.trim().split('\r\n');
  expect(head).toMatch(/^division,key,name,exchanges,customers,own_share/);
  expect(rows.some((row) => row.startsWith('month,2026-'))).toBe(true);
  const counts = rows.map((row) => row.split(',')).filter((cells) => cells[0] !== 'territory');
  expect(counts.every((cells) => cells[3] === '' || Number(cells[3]) >= 10)).toBe(true);
});

test('a lead chooses the days and sees the indices; an advisor finds nothing there', async () => {
  const lead = await signInStaff(db, app, await staffOf('lead'));
  const { status, text } = await textOf('/en/staff/figures?from=2026-06-01&to=2026-11-20', lead);
  expect(status).toBe(200);
  expect(text).toContain('SECON');
  const wrong = await textOf('/en/staff/figures?from=2026-06-01&to=2026-01-20', lead);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('the first before the second');
  expect((await textOf('/en/staff/figures', await signInStaff(db, app, await staffOf('advisor')))).status).toBe(404);
});

test('the planner answers from what was recorded, says what it rests on, and keeps what was typed', async () => {
  const lead = await signInStaff(db, app, await staffOf('lead'));
  const { status, text } = await textOf('/en/staff/plan', lead);
  expect(status).toBe(200);
  expect(text).toMatch(/Written messages a month: [\d,.]+ \([\d,.]+ to [\d,.]+\), measured on \d+ cases; assumed/);
  expect(text).toContain('Share of callbacks accepted: 0.6 (0.37 to 0.85), assumed, for lack of measurements.');
  const entered = await textOf('/en/staff/plan?calls=25000&absence=15&advisors=30', lead);
  expect(entered.text).toContain('Calls a month: 25,000, entered');
  const wrong = await textOf('/en/staff/plan?calls=many&messages=120', lead);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('value="many"');
  expect(wrong.text).toContain('value="120"');
  expect((await textOf('/en/staff/plan', await signInStaff(db, app, await staffOf('advisor')))).status).toBe(404);
});

test('pictures have their numbers as a table; a plan is handed to a job, watched and stopped without a script', async () => {
  const lead = await signInStaff(db, app, await staffOf('lead'));
  const { text } = await textOf('/en/staff/plan?calls=9000&advisors=15&hourlyCost=30', lead);
  expect(text.match(/<figure/g)).toHaveLength(3);
  // A table a picture, and where each number comes from.
  expect(text.match(/<details/g)).toHaveLength(4);
  expect(text).toContain('Erlang A with the same people');
  expect(text).toMatch(/\d+ \(\d+–\d+\) advisors are needed/);
  expect(text).toContain('a month against');
  expect(text).not.toContain('<script');
  const form = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'http://localhost:8080' };
  const headers = { ...lead, ...form };
  const post = (path: string, body = '') => app.request(path, { method: 'POST', headers, body });
  const asked = await post('/en/staff/plan/studies', 'calls=9000&advisors=15');
  expect(asked.status).toBe(303);
  const study = asked.headers.get('location') ?? '';
  const waiting = await textOf(study, lead);
  expect(waiting.text).toContain('Waiting for its turn');
  expect(waiting.text).toContain('<progress');
  expect(waiting.text).toContain('/en/staff/plan?calls=9000&amp;advisors=15');
  expect((await post(`${study}/cancel`)).status).toBe(303);
  expect((await textOf(study, lead)).text).toContain('Stopped');
  const drowning = await post('/en/staff/plan/studies', 'calls=900000&advisors=3');
  expect(await drowning.text()).toContain('Enter more advisors.');
});

async function staffOf(role: 'lead' | 'advisor'): Promise<string> {
  const found = await db.database.kysely.selectFrom('staff').where('role', '=', role).select('id').limit(1).execute();
  return found[0]?.id ?? '';
}
