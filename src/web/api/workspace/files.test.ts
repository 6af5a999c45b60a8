import { beforeAll, expect, test } from 'vitest';
import { bearer, testApp, testHouse } from '../../../../test/app.ts';
import { testDatabase } from '../../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../../test/world.ts';
import { system } from '../../../desk/actor.ts';
import { newId } from '../../../desk/id.ts';
import { storeBlob } from '../../../desk/interactions/blobs.ts';
import { receiveInteraction } from '../../../desk/interactions/receive.ts';
import { bePresent, leave } from '../../../desk/presence/presence.ts';

const db = testDatabase();
let world: World;
let customerId: string;
let interactionId: string;
const nasty =
  '<p onclick="alert(1)">Bonjour</p><script>alert(2)</script><img src="https://tracker.example.com/a.gif"><img src="cid:plan">';

beforeAll(async () => {
  world = await buildWorld(db);
  customerId = (await addTestCustomer(db, world)).id;
  const received = await db.transact(async (tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { customerId },
      proven: true,
      text: 'Bonjour',
      html: nasty,
      acknowledge: false,
      attachments: [
        {
          filename: '../..\\x"\r\nSet-Cookie: a=b.html',
          contentType: 'text/html',
          sha256: await storeBlob(tx, Buffer.from('<script>alert(3)</script>')),
        },
        {
          filename: 'plan.png',
          contentType: 'image/png',
          contentId: 'plan',
          sha256: await storeBlob(tx, Buffer.from('png')),
        },
      ],
    }),
  );
  if (received.kind !== 'interaction') throw new Error('expected an interaction');
  interactionId = received.id;
});

const ask = async (path: string) => testApp(db).request(path, { headers: await bearer(db, 'advisor') });

test('a mail is shown without script, under a policy that fetches nothing, its own pictures inside', async () => {
  const response = await ask(`/api/v1/workspace/interactions/${interactionId}/html`);
  const html = await response.text();
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(html).toContain('Bonjour');
  expect(html).not.toMatch(/alert|onclick|tracker/);
  expect(html).toContain('data:image/png;base64,cG5n');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox');
  expect(policy).not.toMatch(/allow-scripts|allow-same-origin|https:/);
});

test('remote pictures come only when asked for, and then nothing else does', async () => {
  const response = await ask(`/api/v1/workspace/interactions/${interactionId}/html?images=1`);
  expect(await response.text()).toContain('https://tracker.example.com/a.gif');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain('img-src data: https: http:');
  expect(policy).not.toMatch(/script-src|allow-scripts/);
});

test('an attachment is a file to keep, whatever its name and type say', async () => {
  const rows = await db.database.kysely
    .selectFrom('attachment')
    .where('interactionId', '=', interactionId)
    .select('id')
    .orderBy('position')
    .execute();
  const response = await ask(`/api/v1/workspace/attachments/${rows[0]?.id}`);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
  expect(response.headers.get('set-cookie')).toBeNull();
});

test('what is not there, and what is no id, answer the same', async () => {
  const [missing, wrong] = [
    await ask(`/api/v1/workspace/attachments/${newId()}`),
    await ask('/api/v1/workspace/attachments/x'),
  ];
  expect([missing.status, wrong.status]).toEqual([404, 404]);
  expect(await missing.text()).toBe(await wrong.text());
});

test('colleagues see each other at a customer until one leaves or falls silent', async () => {
  const house = testHouse(db);
  await bePresent(house, world.staff.ana, customerId, 'writes');
  expect(await bePresent(house, world.staff.bruno, customerId, 'looks')).toEqual([
    { staffId: world.staff.ana, name: 'Ana Perrin', doing: 'writes' },
  ]);
  await leave(house, world.staff.ana, customerId);
  expect(await bePresent(house, world.staff.bruno, customerId, 'looks')).toEqual([]);
  await bePresent(house, world.staff.ana, customerId, 'looks');
  db.clock.now = new Date(db.clock.now.getTime() + 31_000);
  expect(await bePresent(house, world.staff.bruno, customerId, 'looks')).toEqual([]);
});
