import { createHmac } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testHouse } from '../../../test/app.ts';
import { testDatabase, testKey } from '../../../test/database.ts';
import { arrivals, letter } from '../../../test/servers/arrivals.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { createApp } from '../../app.ts';
import { signReplyAddress } from '../../core/identity/reply-token.ts';
import { askForAlert } from '../../desk/alerts/alerts.ts';
import { currentAlias, knownAlias } from '../../desk/aliases/aliases.ts';
import type { House } from '../../desk/house.ts';
import { makeOneTimeLink } from '../../desk/people/one-time-links.ts';
import { signLink } from '../../desk/signed-link.ts';
import { fingerprintOf, noteSigningKey, olderKeysOf } from '../../desk/signing-keys.ts';
import { createTransact } from '../../desk/transact.ts';
import { secretNotes } from '../../desk/views/doctor/secrets.ts';
import { openHouse } from '../../house.ts';
import { readConfig } from '../../platform/config/config.ts';
import { readForm, signForm } from '../ui/signed-form.ts';

const db = testDatabase();
const next = Buffer.alloc(32, 9);
const origin = { Origin: 'http://localhost:8080' };
let world: World;
/** Before the secret was changed, after it, and after it with the older one thrown away. */
let before: House;
let after: House;
let without: House;

beforeAll(async () => {
  world = await buildWorld(db);
  before = testHouse(db);
  after = houseWith(next, [testKey]);
  without = houseWith(next, []);
});
beforeEach(() => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  db.transact = before.transact;
});

function houseWith(signingKey: Buffer, olderKeys: Buffer[]): House {
  const keys = { signingKey, olderKeys, origin: 'http://localhost:8080' };
  const transact = createTransact(db.database.kysely, db.jobs, db.events, () => db.clock.now, keys);
  return { ...testHouse(db), ...keys, transact };
}

/** The cookie of a staff session opened in this house. */
async function signIn(house: House): Promise<string> {
  const token = await house.transact((tx) =>
    makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: world.staff.ana, validForHours: 1 }),
  );
  const entered = await createApp(house).request(`/fr/staff/enter/${token}`, { method: 'POST', headers: origin });
  return sessionCookie(entered) ?? '';
}

function sessionCookie(answer: Response): string | undefined {
  return answer.headers
    .getSetCookie()
    .find((cookie) => cookie.includes('session_token'))
    ?.split(';')[0];
}

const account = (house: House, cookie: string) =>
  createApp(house).request('/fr/staff/account', { headers: { Cookie: `lang=fr; ${cookie}` } });

describe('a changed secret', () => {
  test('leaves sessions of the staff open, and signs them anew', async () => {
    const cookie = await signIn(before);
    const seen = await account(after, cookie);
    expect(seen.status).toBe(200);
    const again = sessionCookie(seen) ?? '';
    expect(again).not.toBe('');
    expect(again).not.toBe(cookie);
    expect((await account(without, again)).status).toBe(200);
    expect(sessionCookie(await account(after, again))).toBeUndefined();
  });

  test('with the older one thrown away, ends those it signed', async () => {
    const cookie = await signIn(before);
    expect((await account(without, cookie)).status).toBe(302);
  });

  test('opens nothing to a cookie that neither has signed', async () => {
    const cookie = await signIn(before);
    const [name, value = ''] = cookie.split('=');
    const token = decodeURIComponent(value).split('.')[0] ?? '';
    const secret = createHmac('sha256', Buffer.alloc(32, 1)).update('staff sessions').digest('base64url');
    const forged = `${token}.${createHmac('sha256', secret).update(token).digest('base64')}`;
    for (const wrong of [forged, `${token}.`, token, `.${forged}`, ''])
      expect((await account(after, `${name}=${encodeURIComponent(wrong)}`)).status, wrong).toBe(302);
  });

  test('leaves links in mails working, until the older one is thrown away', async () => {
    const id = await before.transact((tx) =>
      askForAlert(tx, { mail: 'reader@example.org', locale: 'fr', communeInsee: '39478', postId: null }),
    );
    const path = `/fr/alerts/${signLink(before.signingKey, 'alert', id)}`;
    expect((await createApp(after).request(path)).status).toBe(200);
    expect((await createApp(without).request(path)).status).toBe(410);
    expect((await createApp(without).request(`/fr/alerts/${signLink(next, 'alert', id)}`)).status).toBe(200);
  });

  test('takes forms that were open', () => {
    const form = signForm(before, 'write');
    db.clock.now = new Date('2026-11-23T09:10:00Z');
    expect(readForm(after, 'write', { form }).ok).toBe(true);
    expect(readForm(after, 'comment', { form }).ok).toBe(false);
    expect(readForm(without, 'write', { form })).toEqual({ ok: false, why: 'expired' });
  });

  test('knows the public addresses of before, and makes new ones', async () => {
    const { db: kysely } = before;
    const keysOf = ({ signingKey, olderKeys }: House) => ({ db: kysely, now: db.clock.now, signingKey, olderKeys });
    const old = (await currentAlias(keysOf(before), world.ana)) ?? '';
    expect(await currentAlias(keysOf(after), world.ana)).not.toBe(old);
    expect(await knownAlias(keysOf(after), old)).toMatchObject({ advisorId: world.ana, trusted: true });
    expect(await knownAlias(keysOf(without), old)).toBeUndefined();
  });

  test('leads answers to mails of before to their conversation', async () => {
    const { arrive, interactions } = arrivals(db);
    const customer = await addTestCustomer(db, world);
    await arrive(letter({ from: customer.mail }));
    const [first] = await interactions(customer.id);
    const to = signReplyAddress(first?.caseFileId ?? '', 'regie.example.org', { current: testKey });
    const answer = letter({ from: 'neighbour@example.com', subject: 'Re: ligne' });
    db.transact = after.transact;
    expect(await arrivals(db).arrive(answer, { to })).toMatchObject({ outcome: 'interaction' });
    expect((await interactions(customer.id)).map(({ caseFileId }) => caseFileId)).toEqual([
      first?.caseFileId,
      first?.caseFileId,
    ]);
    db.transact = without.transact;
    expect(await arrivals(db).arrive(letter({ from: 'other@example.com' }), { to })).toMatchObject({ outcome: 'tray' });
  });
});

test('secrets come from the environment; the key kept in the database is believed by itself', async () => {
  const [first, second] = ['first secret of at least 32 characters', 'a-second-secret-of-at-least-32-characters'];
  const keysWith = async (environment: Record<string, string>) => {
    const open = await openHouse(readConfig({ DATABASE_URL: db.url, VISAVIS_LOG: 'silent', ...environment }));
    const { signingKey, olderKeys } = open.house;
    await open.close();
    return { signingKey, olderKeys };
  };
  const stored = await keysWith({});
  expect(stored.olderKeys).toEqual([]);
  expect(await keysWith({ VISAVIS_SECRET: first })).toEqual({
    signingKey: Buffer.from(first),
    olderKeys: [stored.signingKey],
  });
  expect(await keysWith({ VISAVIS_SECRET: first, VISAVIS_OLDER_SECRETS: `${second}\n ${second}x ` })).toEqual({
    signingKey: Buffer.from(first),
    olderKeys: [Buffer.from(second), Buffer.from(`${second}x`), stored.signingKey],
  });
});

test('the doctor says how long an older secret is needed, and when nothing needs it any more', async () => {
  const { kysely } = db.database;
  const look = async (now: string, house = after) => {
    const at = new Date(now);
    const keys = await olderKeysOf(kysely, at, house);
    return secretNotes(
      'en',
      keys.filter((key) => key.known).map((key) => ({ ...key, now: at })),
    );
  };
  const older = fingerprintOf(testKey);
  await noteSigningKey(kysely, new Date('2026-01-01T00:00:00Z'), before);
  expect(await olderKeysOf(kysely, db.clock.now, before)).toEqual([]);
  await noteSigningKey(kysely, new Date('2026-12-01T00:00:00Z'), after);
  expect(await kysely.selectFrom('signingKey').selectAll().orderBy('signedFrom').execute()).toEqual([
    { fingerprint: older, signedFrom: new Date('2026-01-01'), signedUntil: new Date('2026-12-01') },
    { fingerprint: fingerprintOf(next), signedFrom: new Date('2026-12-01'), signedUntil: null },
  ]);
  const [soon] = await look('2026-12-02T00:00:00Z');
  expect(soon).toMatch(`Older secret ${older}: keep it until March 1, 2027 at least`);
  expect(soon).toMatch(/Answers to \d+ open case files need it too\.$/);
  expect((await look('2027-03-02T00:00:00Z'))[0]).toMatch(/keep it still, answers to \d+ open case files need it\.$/);
  await db.database.pool.query('update outgoing_mail set reply_to = null');
  expect(await look('2027-03-02T00:00:00Z')).toEqual([
    `Older secret ${older}: nothing needs it any more. Take it out of VISAVIS_OLDER_SECRETS.`,
  ]);
  expect((await olderKeysOf(kysely, db.clock.now, without)).map(({ known }) => known)).toEqual([false]);
});
