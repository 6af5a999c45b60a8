import { createHash, randomBytes } from 'node:crypto';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { createApp } from '../src/app.ts';
import type { StaffRole } from '../src/desk/actor.ts';
import type { House } from '../src/desk/house.ts';
import { readConfig } from '../src/platform/config/config.ts';
import type { WebEnv } from '../src/web/route.ts';
import { type TestDatabase, testKey } from './database.ts';

/** The house of a test, on its own database and clock. */
export function testHouse(db: TestDatabase, environment: Record<string, string> = {}): House {
  return {
    config: readConfig({ VISAVIS_LOG: 'silent', ...environment }),
    log: db.log,
    clock: () => db.clock.now,
    db: db.database.kysely,
    transact: db.transact,
    events: db.events,
    signingKey: testKey,
    olderKeys: [],
  };
}

/** The whole application; ask it with `app.request(path, init)`. */
export function testApp(db: TestDatabase): OpenAPIHono<WebEnv> {
  return createApp(testHouse(db));
}

/** The header of a new API token with this role. */
export async function bearer(db: TestDatabase, role: StaffRole): Promise<{ Authorization: string }> {
  const token = randomBytes(24).toString('base64url');
  await db.database.kysely
    .insertInto('apiToken')
    .values({
      tokenSha256: createHash('sha256').update(token).digest(),
      name: `test ${role} ${token.slice(0, 6)}`,
      role,
      madeAt: db.clock.now,
    })
    .execute();
  return { Authorization: `Bearer ${token}` };
}
