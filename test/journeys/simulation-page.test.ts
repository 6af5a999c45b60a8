import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frontierOf } from '../../src/simulator/frontier.ts';
import { asFrontierHtml } from '../../src/simulator/frontier-page.ts';
import { asHtml } from '../../src/simulator/page.ts';
import { POLICIES } from '../../src/simulator/policies.ts';
import type { Scenario } from '../../src/simulator/scenario.ts';
import { SCENARIOS } from '../../src/simulator/scenarios.ts';
import { runSeed, studyOf } from '../../src/simulator/study.ts';
import { launchBrowser } from '../browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const week: Scenario = { ...(SCENARIOS['V85-10'] as Scenario), days: { simulated: 6, warmUp: 1, dropped: 1 } };
const own = POLICIES.own;
if (!own) throw new Error('the policy has another name now');
const studies = frontierOf(own, 'fr').map(({ name, policy }) =>
  studyOf(
    week,
    name,
    policy,
    [1, 2].map((seed) => runSeed(week, policy, seed)),
  ),
);
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test.each([
  ['light', 900, 'fr'],
  ['dark', 900, 'en'],
  ['light', 320, 'fr'],
] as const)(
  'axe finds nothing in the reports of simulations, %s at %s px, and none is wider than its window',
  async (colorScheme, width, language) => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
    for (const html of [asHtml(week, studies.slice(0, 3), language), asFrontierHtml(week, studies, language)]) {
      expect(html).not.toMatch(/<script|(src|href)=/);
      await page.setContent(html);
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const { axe: run } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
        return (await run.run()).violations.map(({ id }) => id);
      });
      expect(violations).toEqual([]);
      expect(await page.evaluate<number>('document.body.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
    await page.close();
  },
);
