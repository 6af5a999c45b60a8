import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inFrench } from '../../test/cli.ts';
import { testDatabase } from '../../test/database.ts';
import { englishWordsIn } from '../../test/english.ts';
import { addTestCustomer, buildWorld, type World } from '../../test/world.ts';
import { callRequest } from '../core/routing/request.ts';
import { beginCall } from '../desk/calls/begin.ts';
import { keepHouseState, noteDecision } from '../desk/calls/note-decision.ts';
import { packState } from '../desk/calls/pack-state.ts';
import type { House } from '../desk/house.ts';
import { newId } from '../desk/id.ts';
import { routeCall } from '../desk/views/call-route.ts';
import { readConfig } from '../platform/config/config.ts';
import { FIGURES } from '../simulator/figures.ts';
import { createProgram } from './program.ts';

const db = testDatabase();
let folder: string;
let world: World;

beforeAll(async () => {
  world = await buildWorld(db);
  folder = await mkdtemp(join(tmpdir(), 'visavis-simulate-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  process.exitCode = 0;
});

/** Runs a command line in this process, on the test's database; answers what a shell would see. */
async function visavis(...args: string[]): Promise<{ out: string; err: string; status: number }> {
  process.exitCode = 0;
  const seen = { out: '', err: '' };
  const house = { config: readConfig({}), log: db.log, clock: () => db.clock.now, db: db.database.kysely } as House;
  const program = createProgram((work) => work(house));
  const quiet = (command: typeof program): void => {
    command.configureOutput({
      writeOut: (text) => {
        seen.out += text;
      },
      writeErr: (text) => {
        seen.err += text;
      },
    });
    for (const each of command.commands) quiet(each);
  };
  quiet(program);
  await program.parseAsync(args, { from: 'user' }).catch((error: { exitCode: number }) => {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  });
  return { ...seen, status: Number(process.exitCode) };
}

async function file(name: string, value: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const small = { like: 'V85-10', name: 'ours', days: { simulated: 4, warmUp: 1, dropped: 1 } };

test('to whoever reads French the figures, what they cost and the page are in French, and JSON stays as it is', async () => {
  const path = await file('ours.json', small);
  const html = join(folder, 'francais.html');
  const args = ['simulate', path, '--seeds', '2', '--compare', 'hotline'];
  const { out } = await inFrench(() => visavis(...args, '--html', html));
  expect(out).toMatch(/propre interlocuteur +\d+,\d ± \d+,\d %/);
  expect(out).toMatch(/2 répétitions, intervalles de confiance à 95\s%\. L’attente compte tous les appelants/u);
  expect(englishWordsIn(out.replaceAll(/\bown\b/g, ''))).toEqual([]);
  expect(await readFile(html, 'utf8')).toMatch(/<html lang="fr">/);
  const json = await visavis('--json', ...args);
  expect(await inFrench(() => visavis('--json', ...args))).toEqual(json);
}, 60_000);

test('a scenario file that names what differs is simulated; the table and the JSON hold every policy with intervals', async () => {
  const path = await file('ours.json', small);
  const words = await visavis('simulate', path, '--seeds', '3', '--compare', 'hotline');
  expect(words.status).toBe(0);
  expect(words.out).toMatch(/own advisor +\d+\.\d ± \d+\.\d % +\d+\.\d ± \d+\.\d %/);
  // What it costs is said aloud, whoever asked.
  expect(words.out).toMatch(/own costs, beside hotline: .*reached within 15 min \d+\.\d % \/ \d+\.\d %/);
  expect(words.out).toMatch(/One promised callback in \d+ is late \(own\)/);
  const json = await visavis('--json', 'simulate', path, '--seeds', '3', '--compare', 'hotline');
  const { scenario, studies, costs } = JSON.parse(json.out);
  expect(costs.join(' ')).toContain('own costs, beside hotline');
  for (const { figures } of studies) expect(Object.keys(figures).sort()).toEqual([...FIGURES].sort());
  expect(scenario).toMatchObject({ name: 'ours', advisors: 10, days: small.days });
  expect(studies.map(({ policy }: { policy: string }) => policy)).toEqual(['own', 'hotline']);
  expect(studies[0].seeds).toEqual([1, 2, 3]);
  expect(studies[0].figures.own).toEqual({ mean: expect.any(Number), half: expect.any(Number) });
});

test('the scenario file of the handbook is one', async () => {
  const handbook = await readFile(new URL('../../docs/operate/figures.md', import.meta.url), 'utf8');
  const example = /```json\n([\s\S]*?)```/.exec(handbook)?.[1] ?? '';
  const { out, err } = await visavis('simulate', await file('handbook.json', example), '--show-scenario');
  expect(err).toBe('');
  expect(JSON.parse(out)).toMatchObject({ name: 'ours', advisors: 12, backups: 2, handle: { meanMinutes: 7, cv: 1 } });
});

test('--html writes one page that loads nothing and runs nothing', async () => {
  const html = join(folder, 'page.html');
  const path = await file('ours.json', small);
  const done = await visavis('simulate', path, '--seeds', '2', '--html', html, '--french');
  expect(done.status).toBe(0);
  const page = await readFile(html, 'utf8');
  expect(page).toMatch(/<html lang="fr">/);
  expect(page.match(/<svg/g)).toHaveLength(5);
  // Five policies when none are named, each in every picture: also the own share by advisor.
  expect(page.match(/<th>(own|hotline|anonymous|named|dedicated)<\/th>/g)).toHaveLength(5);
  expect(page.match(/<polyline/g)).toHaveLength(4 * 5);
  expect(page).toContain('Ce que cela coûte');
  expect(page).toMatch(/own coûte, à côté de hotline : /);
  expect(page).not.toMatch(/<script|<link|src=|href="http|url\(|@import/);
});

test('what cannot be used is refused in a sentence that says where and how, status 1; wrong usage is 2', async () => {
  const negative = await file('negative.json', { like: 'V85', advisors: -3, open: { from: '9h' } });
  const wrong = [
    [[negative], /negative\.json is no scenario[\s\S]*advisors[\s\S]*open\.from/],
    [[await file('torn.json', '{"like": "V85"')], /torn\.json is neither a known name nor a readable JSON file/],
    [[await file('unlike.json', { like: 'W1' })], /"like" names no scenario\. There are V75/],
    [[await file('hours.json', { like: 'V85', open: { to: '17:00' } })], /has 9 weights for 8 hours from 09:00 to 17:00/],
    [[await file('night.json', { like: 'V85', open: { from: '19:00' } })], /closes at 18:00, before it opens at 19:00/],
    [[await file('lunch.json', { like: 'V85', lunch: { groups: ['17:30'] } })], /17:30 with 60 minutes lies outside the hours/],
    [[await file('silent.json', { like: 'V85', open: { hourlyWeights: [0] } })], /is 0 in every hour/],
    [[await file('short.json', { like: 'V85', days: { simulated: 8 } })], /leaves no day to count after 4 to warm up and 4 dropped/],
    [[await file('pod.json', { like: 'V85', podSize: 2 })], /a pod of 2 has 1 colleagues at most/],
    [[await file('many.json', { like: 'V85', advisors: 2.5, name: '', backups: 'two', handle: { shape: 'flat', cv: 0 }, lunch: { groups: 12 }, acceptance: { share: 2 }, spare: 1, open: { hourlyWeights: [] }, podSize: 0, absence: 3 })], /is no scenario\. Please correct:\n- name: write a text that is not empty\.\n- advisors: write a whole number\./],
    [[await file('clock.json', { like: 'V85', open: { to: '25:00' } })], /a time such as 09:00/],
    [['V85', '--policy', await file('typo.json', { version: 'x', offer: { facto: 2 }, spare: 1 })], /no policy has offer\.facto, spare/],
    [['V85', '--policy', await file('list.json', { version: 'x', people: [], call: 3 })], /Please look at:\n- people: write a section between \{ and \}\.\n- call: write/],
    [['V85', '--policy', await file('bad.json', { version: 'x', call: { holdForOwnMostSeconds: 90 } })], /Please look at:\n- call\.holdForOwnMostSeconds: write a number from 0 to 60\./],
    [['V85', '--policy', await file('people.json', { version: '', call: { ringSeconds: 'x' }, people: { answer: 'me', ringBack: 1 }, commitments: { remindAtShare: 2 } })], /people\.answer: write one of "own_first", "anyone", "own_only"\./],
    [[], /Name a scenario: V75/],
    [['--replay', '2026-31-12'], /Write the days as 2026-11-16/],
    [['V85', '--replay', '2026-11-16'], /Recorded days need no scenario/],
  ] as const;
  for (const [args, said] of wrong) {
    const refused = await visavis('simulate', ...args);
    expect(refused.err, args.join(' ')).toMatch(said);
    expect(refused.status).toBe(1);
    expect(refused.out).toBe('');
    const french = await inFrench(() => visavis('simulate', ...args));
    expect(french).toMatchObject({ status: 1, out: '' });
    expect(englishWordsIn(french.err), french.err).toEqual([]);
    // What is named by its path is named in both languages.
    const paths = (text: string) => text.match(/\b[a-z]\w*\.[a-z]\w*\b/g) ?? [];
    expect(paths(french.err)).toEqual(paths(refused.err));
  }
  expect((await visavis('simulate', 'V85', '--acceptance', '60')).status).toBe(2);
  expect((await visavis('simulate', 'V85', '--seeds', 'many')).status).toBe(2);
}); // biome-ignore format: a table

test('recorded days are asked again under a draft, in both languages and as JSON', async () => {
  const customer = await addTestCustomer(db, world);
  for (const minutes of [0, 1]) {
    db.clock.now = new Date(Date.parse('2026-11-23T09:00:00Z') + minutes * 60_000);
    const id = `c${minutes}`;
    const route = await routeCall({ db: db.database.kysely, now: db.clock.now }, customer.phone);
    expect(route.request).toEqual(callRequest(route.customer, { numberOnFile: true }));
    const ringList = route.decision.attempts.map(({ advisorId }) => advisorId);
    const call = { id, at: db.clock.now, fromPhone: customer.phone, customerId: customer.id, ringList };
    await db.transact(async (tx) => {
      await beginCall(tx, call);
      // The second call shares what was known of the house with others of its second.
      const houseStateId = minutes === 1 ? newId() : null;
      if (houseStateId) {
        const packed = await packState(JSON.stringify(route.house.situation));
        await keepHouseState(tx, { id: houseStateId, at: db.clock.now, packed });
      }
      const situation = houseStateId ? { now: route.situation.now } : route.situation;
      await noteDecision(tx, id, { ...route, situation, houseStateId });
      await tx.db.updateTable('call').set({ answeredAt: tx.now, answeredBy: world.ana }).where('id', '=', id).execute();
    });
  }
  const draft = await file('draft.json', { version: 'no callbacks', people: { ringBack: 'nobody' } });
  const replay = ['simulate', '--policy', draft, '--replay', '2026-11-23..2026-11-24'];
  const english = await visavis(...replay);
  expect(english.status).toBe(0);
  expect(english.out).toContain('Under “no callbacks”, 1 of 2 decisions would have been others.');
  expect(english.out).toMatch(/Before: callback offered, by the own advisor\. Ana Perrin has been on a call/);
  expect((await visavis(...replay, '--french')).out).toMatch(/1 décisions sur 2 auraient été autres[\s\S]*Avant/);
  const french = await inFrench(() => visavis(...replay));
  expect(french.out).toMatch(/Avant\s: rappel proposé/u);
  expect(englishWordsIn(french.out)).toEqual([]);
  const { changed, offers, skipped } = JSON.parse((await visavis('--json', ...replay)).out);
  expect({ changed, offers, skipped }).toMatchObject({ changed: 1, offers: { before: 1, after: 0 } });
  const nothing = await visavis('simulate', '--replay', '2026-11-22');
  expect(nothing.out).toContain('0 of 0 decisions');
});

test('a plan answers by formulas, and by simulation when asked, each number with its interval', async () => {
  const args = ['plan', '--calls', '900', '--messages', '300', '--advisors', '3', '--hourly-cost', '30'];
  const formulas = await visavis(...args, '--french');
  expect(formulas.out).toContain('supposé, faute de mesures');
  expect(formulas.out).toMatch(/15\s120 par mois contre/);
  const simulated = await visavis(...args, '--simulate');
  expect(simulated.status).toBe(0);
  expect(simulated.out).toMatch(/With one’s own contact +\d+\.\d\s±\s\d+\.\d\s%/);
  const { simulated: cells, cost } = JSON.parse((await visavis('--json', ...args, '--simulate')).out);
  expect(cells.map(({ advisors, policy }: { advisors: number; policy: string }) => `${advisors} ${policy}`)).toEqual([
    '2 own',
    '2 hotline',
    '3 own',
    '3 hotline',
    '4 own',
    '4 hotline',
  ]);
  expect(cost.money.perHour).toBe(30);
  const drowning = await visavis('plan', '--calls', '90000', '--advisors', '2', '--simulate');
  expect(drowning.status).toBe(1);
  expect(drowning.err).toContain('Try with more --advisors.');
}, 60_000);

test('Ctrl-C stops it at once with a sentence and status 1, and leaves no thread', async () => {
  const cli = new URL('./main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [cli, 'simulate', 'V85', '--seeds', '500'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  const ended = once(child, 'exit');
  await threadsOf(child.pid ?? 0, (count) => count > 0);
  child.kill('SIGINT');
  const [status] = await ended;
  expect(status).toBe(1);
  expect(err).toContain('Stopped. Fewer --seeds take less time.');
}, 60_000);

/** Waits until the process runs that many worker threads; the rest of a Node process has other names. */
async function threadsOf(pid: number, enough: (count: number) => boolean): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
    const names = await Promise.all(
      tasks.map((task) => readFile(`/proc/${pid}/task/${task}/comm`, 'utf8').catch(() => '')),
    );
    if (enough(names.filter((name) => /worker/i.test(name) && !/V8|libuv/i.test(name)).length)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the simulation started no thread');
}

test('--frontier lists the policy among its neighbours and writes the curve', async () => {
  const scenario = await file('frontier.json', small);
  const svg = join(folder, 'curve.svg');
  const { out, status } = await visavis('simulate', scenario, '--frontier', '--seeds', '2', '--svg', svg);
  expect(status).toBe(0);
  // All the figures below the numbers of the steps, then what the steps are, then what the chosen one costs.
  expect(
    out
      .split('\n')
      .slice(1, 2 + FIGURES.length)
      .join('\n'),
  ).toMatch(/own advisor[\s\S]*overtime, a day/);
  expect(out).toContain('costs, beside');
  expect(out).toContain('6  2026-11-standard');
  const curve = await readFile(svg, 'utf8');
  expect(curve).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(curve.match(/<circle/g)).toHaveLength(8);
}, 60_000);
