import { beforeAll, expect, test } from 'vitest';
import { buildWhenMissing } from './servers/built.ts';
import { runSoak } from './soak/soak.ts';

beforeAll(buildWhenMissing, 120_000);

test('twelve kills of the product and of PostgreSQL under load lose nothing, double nothing, are all survived and leave nothing without a date', {
  timeout: 240_000,
}, async () => {
  const { kills, accepted, neverReady, slowestReadyMs, verdict } = await runSoak({
    seconds: 100,
    kills: 12,
    longestPauseMs: 700,
    say: () => {},
  });
  expect(kills.product + kills.database).toBe(12);
  expect(kills.database).toBeGreaterThan(0);
  // After each of them requests were answered, a message was taken and the mail server greeted. How soon is the soak's to say.
  expect(neverReady).toBe(0);
  expect(slowestReadyMs).toBeGreaterThan(0);
  expect(accepted.http).toBeGreaterThan(0);
  expect(accepted.smtp).toBeGreaterThan(0);
  expect(verdict).toMatchObject({ lost: [], doubled: [], ownerless: 0, dateless: 0, unread: 0 });
});
