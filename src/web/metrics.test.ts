import { beforeAll, expect, test } from 'vitest';
import { bearer, testApp } from '../../test/app.ts';
import { testDatabase } from '../../test/database.ts';

const db = testDatabase();
let app: ReturnType<typeof testApp>;
beforeAll(() => {
  app = testApp(db);
});

/** Asks for /metrics as somebody who connects from this address. */
async function ask(remoteAddress: string, headers: Record<string, string> = {}, host = 'localhost:8080') {
  const answer = await app.request(`http://${host}/metrics`, { headers }, { incoming: { socket: { remoteAddress } } });
  return { status: answer.status, text: await answer.text() };
}

test('a program on this machine that asks directly gets the figures, by any name of this machine', async () => {
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
    for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080']) {
      const { status, text } = await ask(address, {}, host);
      expect(status, `${address} ${host}`).toBe(200);
      expect(text).toContain('visavis_open_commitments');
    }
});

test('anyone else is told that there is no such page, and learns no figure', async () => {
  const { status, text } = await ask('198.51.100.7');
  expect(status).toBe(404);
  expect(text).not.toContain('visavis_open');
});

test('what a proxy on this machine hands on is not from this machine', async () => {
  for (const header of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'Via'])
    expect((await ask('127.0.0.1', { [header]: '127.0.0.1' })).status, header).toBe(404);
  expect((await ask('127.0.0.1', {}, 'contact.example.org')).status).toBe(404);
  expect((await ask('198.51.100.7', { 'X-Forwarded-For': '127.0.0.1' })).status).toBe(404);
});

test('from elsewhere an administrator’s token opens it, another role’s does not', async () => {
  expect((await ask('198.51.100.7', await bearer(db, 'administrator'))).status).toBe(200);
  for (const role of ['advisor', 'lead', 'moderator'] as const)
    expect((await ask('198.51.100.7', await bearer(db, role))).status, role).toBe(404);
});
