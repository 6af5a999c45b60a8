import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type MailProcess, startMailProcess } from '../../../test/servers/killable.ts';
import { type Smsc, startSmsc } from '../../../test/servers/smsc.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';

// Each test kills the program at one named step, as by kill -9, starts it again, and counts what became of the SMS.

const db = testDatabase();
let world: World;
let smsc: Smsc;
let running: MailProcess | undefined;

beforeAll(async () => {
  db.clock.now = new Date();
  world = await buildWorld(db);
  smsc = await startSmsc();
});
afterAll(() => smsc.stop());
beforeEach(() => {
  smsc.taken.length = 0;
});
afterEach(async () => {
  await running?.kill();
});

const start = async (more: Record<string, string> = {}) => {
  const environment = { VISAVIS_SMS_URL: smsc.url, VISAVIS_SMS_FROM: '36180', ...more };
  running = await startMailProcess(db.url, environment, 'sms-process.ts');
  await smsc.bound();
  return running;
};

test.each([
  // Not stored, not acknowledged: the centre delivers it again.
  ['sms-before-commit', false],
  // Stored, and the answer lost: the centre delivers it again, and it is known.
  ['sms-after-commit', false],
  ['sms-read-start', true],
  ['sms-read-before-commit', true],
  ['sms-send-after-claim', true],
  // Taken by the centre, and not marked: it is found out, and says that it may have been twice.
  ['sms-send-before-mark', true],
] as const)('killed at %s, an SMS is seen once and answered', async (failpoint, acknowledged) => {
  const customer = await addTestCustomer(db, world);
  const delivery = { source_addr: customer.phone.slice(1), short_message: `Panne ${failpoint}` };
  const dying = await start({ VISAVIS_FAILPOINT: failpoint });
  const first = await smsc.deliver(delivery);
  if (acknowledged) expect(first).toBe(0);
  expect(await dying.ended).toBe('SIGKILL');
  await start();
  if (first !== 0) expect(await smsc.deliver(delivery)).toBe(0);
  const outgoing = () =>
    db.database.kysely.selectFrom('outgoingSms').where('customerId', '=', customer.id).selectAll().execute();
  await expect.poll(async () => (await outgoing()).filter((each) => each.sentAt).length, { timeout: 30_000 }).toBe(1);
  const [sent, ...others] = await outgoing();
  expect(others).toEqual([]);
  expect(sent).toMatchObject({ kind: 'acknowledgement', perhapsTwice: failpoint.startsWith('sms-send') });
  const interactions = await db.database.kysely
    .selectFrom('interaction')
    .where('customerId', '=', customer.id)
    .select('text')
    .execute();
  expect(interactions).toEqual([{ text: `Panne ${failpoint}` }]);
  // A part that was accepted before the kill is not handed over again.
  expect(smsc.taken.filter(({ to }) => to === customer.phone.slice(1))).toHaveLength(1);
});
