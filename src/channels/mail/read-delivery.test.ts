import { generateKeyPairSync } from 'node:crypto';
import { type DNSResolver, dkimSign } from 'mailauth';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { arrivals, CONTACT, letter } from '../../../test/servers/arrivals.ts';
import { dnsOf } from '../../../test/servers/dns.ts';
import { testHouse } from '../../../test/servers/house.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { signReplyAddress } from '../../core/identity/reply-token.ts';
import { readDelivery } from './read-delivery.ts';

const db = testDatabase();
const DOMAIN = 'regie.example.org';
let world: World;
beforeAll(async () => {
  world = await buildWorld(db);
});
const { arrive, interactions, acknowledged, tray, forget } = arrivals(db);
beforeEach(async () => {
  await forget();
});

test('a customer’s mail lands on their timeline and is acknowledged in their advisor’s name', async () => {
  const customer = await addTestCustomer(db, world);
  const read = await arrive(letter({ from: `Jeanne <${customer.mail}>` }));
  expect(read).toMatchObject({ outcome: 'interaction', customerId: customer.id });
  const [interaction] = await interactions(customer.id);
  expect(interaction).toMatchObject({ subject: 'Plus de téléphone', party: customer.mail, caution: null });
  expect(read.interactionId).toBe(interaction?.id);
  const [mail, ...others] = await acknowledged(customer.mail);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({
    kind: 'acknowledgement',
    automatic: true,
    fromName: expect.stringContaining('Ana Perrin'),
  });
});

test('reading again changes nothing', async () => {
  const customer = await addTestCustomer(db, world);
  const { id } = await arrive(letter({ from: customer.mail }));
  await db.database.pool.query('update delivery set read_at = null, outcome = null where id = $1', [id]);
  await Promise.all([1, 2, 3].map(() => readDelivery(testHouse(db), id, dnsOf())));
  expect(await interactions(customer.id)).toHaveLength(1);
  expect(await acknowledged(customer.mail)).toHaveLength(1);
});

test('one mail to two of our addresses is one interaction with two deliveries', async () => {
  const customer = await addTestCustomer(db, world);
  const raw = letter({ from: customer.mail });
  const traced = Buffer.concat([
    Buffer.from('Received: from relay by another; Mon, 23 Nov 2026 10:00:00 +0100\r\n'),
    raw,
  ]);
  const first = await arrive(raw);
  const second = await arrive(traced, { to: 'ana@regie.example.org' });
  expect(second.interactionId).toBe(first.interactionId);
  expect(await interactions(customer.id)).toHaveLength(1);
});

test('another content under the same Message-ID is another interaction, with a caution', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail, id: 'same@example.org', text: 'un' }));
  await arrive(letter({ from: customer.mail, id: 'same@example.org', text: 'deux' }));
  const [first, second, ...others] = await interactions(customer.id);
  expect(others).toEqual([]);
  expect(first?.caution).toBeNull();
  expect(second?.caution).toContain('même identifiant');
});

test('a stranger’s mail goes to the tray and gets no automatic answer, proven or not', async () => {
  const read = await arrive(letter({ from: 'stranger@example.com' }), {
    trustedRelays: 'relay.example.net',
  });
  expect(read.outcome).toBe('tray');
  expect(await tray()).toEqual([expect.objectContaining({ id: read.trayItemId, reason: 'unknown_sender' })]);
  expect(await acknowledged('stranger@example.com')).toEqual([]);
});

test('a reply to a signed address joins its conversation, whoever sends it', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail }));
  const [first] = await interactions(customer.id);
  const to = signReplyAddress(first?.caseFileId ?? '', DOMAIN, { current: testHouse(db).signingKey });
  await arrive(letter({ from: 'neighbour@example.com', subject: 'Re: ligne' }), { to });
  const all = await interactions(customer.id);
  expect(all.map((each) => each.caseFileId)).toEqual([first?.caseFileId, first?.caseFileId]);
  expect(all[1]?.caution).toContain('ne figure pas au dossier');
});

test('a reply joins by References when its sender takes part, and is filed beside when not', async () => {
  const customer = await addTestCustomer(db, world);
  const other = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail, id: 'start@example.org' }));
  const answer = { headers: ['References: <start@example.org>'], subject: 'Re: ligne' };
  await arrive(letter({ from: customer.mail, ...answer }));
  await arrive(letter({ from: other.mail, ...answer }));
  const mine = await interactions(customer.id);
  expect(mine).toHaveLength(2);
  expect(new Set(mine.map((each) => each.caseFileId)).size).toBe(1);
  expect(await interactions(other.id)).toEqual([
    expect.objectContaining({ caution: expect.stringContaining('ne participe pas') }),
  ]);
});

test('a forged token opens no conversation', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail }));
  const [first] = await interactions(customer.id);
  const to = signReplyAddress(first?.caseFileId ?? '', DOMAIN, { current: Buffer.alloc(32, 9) });
  expect((await arrive(letter({ from: 'thief@example.com' }), { to })).outcome).toBe('tray');
  expect(await interactions(customer.id)).toHaveLength(1);
});

test('a mail that claims to come from a colleague with guessed References joins nothing', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail, id: 'guessed@example.org' }));
  const forged = letter({ from: 'Ana <ana@regie.example.org>', headers: ['References: <guessed@example.org>'] });
  expect((await arrive(forged)).outcome).toBe('tray');
  expect(await interactions(customer.id)).toHaveLength(1);
  expect(await acknowledged('ana@regie.example.org')).toEqual([]);
});

test.each([
  ['declares itself automatic', ['Auto-Submitted: auto-replied'], 'a@example.org'],
  ['comes from a list', ['List-Id: <all.example.org>'], 'a@example.org'],
  ['is bulk', ['Precedence: bulk'], 'a@example.org'],
  ['has no return path', [], ''],
])('mail that %s is filed and never acknowledged', async (_what, headers, envelopeFrom) => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail, headers }), { envelopeFrom });
  expect(await interactions(customer.id)).toHaveLength(1);
  expect(await acknowledged(customer.mail)).toEqual([]);
});

test('two autoresponders facing each other exchange two mails at most', async () => {
  const customer = await addTestCustomer(db, world);
  for (let round = 0; round < 12; round++) {
    await arrive(letter({ from: customer.mail, subject: `Re: Re: bonjour ${round}`, text: `tour ${round}` }));
    db.clock.now = new Date(db.clock.now.getTime() + 30_000);
  }
  expect(await interactions(customer.id)).toHaveLength(12);
  expect(await acknowledged(customer.mail)).toHaveLength(1);
});

test('an old mail found in a mailbox is filed but not acknowledged', async () => {
  const customer = await addTestCustomer(db, world);
  const receivedAt = new Date(db.clock.now.getTime() - 10 * 86_400_000);
  await arrive(letter({ from: customer.mail }), { receivedAt });
  expect(await interactions(customer.id)).toMatchObject([{ at: receivedAt }]);
  expect(await acknowledged(customer.mail)).toEqual([]);
});

test('mail the sender’s domain disowns is filed with a caution and not acknowledged', async () => {
  const customer = await addTestCustomer(db, world, { mail: 'jeanne@bank.example.org' });
  const resolver = dnsOf({ '_dmarc.bank.example.org': 'v=DMARC1; p=reject', 'bank.example.org': 'v=spf1 -all' });
  await arrive(letter({ from: customer.mail }), { resolver, envelopeFrom: customer.mail });
  expect(await interactions(customer.id)).toMatchObject([{ caution: expect.stringContaining('désavoue') }]);
  expect(await acknowledged(customer.mail)).toEqual([]);
});

test('an address that is not on file is acknowledged only when its domain signed the mail', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail }));
  const [first] = await interactions(customer.id);
  await db.database.pool.query('delete from outgoing_mail');
  const to = signReplyAddress(first?.caseFileId ?? '', DOMAIN, { current: testHouse(db).signingKey });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const resolver = dnsOf({
    '_dmarc.work.example.com': 'v=DMARC1; p=reject',
    's1._domainkey.work.example.com': `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
  });
  const signature = {
    signingDomain: 'work.example.com',
    selector: 's1',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  const raw = letter({ from: 'jeanne@work.example.com' });
  const { signatures } = await dkimSign(raw, { ...signature, signatureData: [signature] });
  const signed = Buffer.concat([Buffer.from(signatures), raw]);
  await arrive(Buffer.from(signed.toString().replace('coupée', 'rompue')), { to, resolver });
  expect(await acknowledged('jeanne@work.example.com')).toEqual([]);
  await db.database.pool.query('delete from outgoing_mail');
  await arrive(signed, { to, resolver });
  expect(await acknowledged('jeanne@work.example.com')).toHaveLength(1);
});

test('the word of a trusted relay counts, that of any other does not', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail }));
  const [first] = await interactions(customer.id);
  await db.database.pool.query('delete from outgoing_mail');
  const to = signReplyAddress(first?.caseFileId ?? '', DOMAIN, { current: testHouse(db).signingKey });
  const said = (server: string) => [
    `Authentication-Results: ${server};\r\n\tspf=pass smtp.mailfrom=work.example.com; dmarc=pass (p=NONE) header.from=work.example.com`,
  ];
  const way = { to, trustedRelays: 'mx.regie.example.org' };
  await arrive(letter({ from: 'a@work.example.com', headers: said('evil.example.com') }), way);
  expect(await acknowledged('a@work.example.com')).toEqual([]);
  await db.database.pool.query('delete from outgoing_mail');
  await arrive(letter({ from: 'a@work.example.com', headers: said('mx.regie.example.org') }), way);
  expect(await acknowledged('a@work.example.com')).toHaveLength(1);
});

test('a name server that never answers delays a mail, and stops nothing', async () => {
  const customer = await addTestCustomer(db, world);
  const resolver: DNSResolver = () => new Promise(() => undefined);
  expect((await arrive(letter({ from: customer.mail }), { resolver })).outcome).toBe('interaction');
});

test('a mail that cannot be filed goes to the tray with its raw bytes, and the next one is read', async () => {
  const customer = await addTestCustomer(db, world);
  await db.database.pool.query(`
    create function poison() returns trigger language plpgsql as $$
      begin if new.subject = 'poison' then raise exception 'cannot' using errcode = '22000'; end if; return new; end $$;
    create trigger poison before insert on interaction for each row execute function poison()`);
  const poisoned = await arrive(letter({ from: customer.mail, subject: 'poison' }));
  expect(poisoned.outcome).toBe('tray');
  expect(await tray()).toMatchObject([{ reason: 'unreadable', rawSha256: poisoned.rawSha256 }]);
  expect((await arrive(letter({ from: customer.mail }))).outcome).toBe('interaction');
  await db.database.pool.query('drop trigger poison on interaction');
});

test('a mail that ended the program five times is not opened again: a person gets its raw bytes', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: 'other@example.com' }));
  const { id } = await arrive(letter({ from: customer.mail }));
  await db.database.pool.query('delete from interaction where customer_id = $1', [customer.id]);
  const again = 'update delivery set read_at = null, outcome = null, readings = $2 where id = $1';
  await db.database.pool.query(again, [id, 5]);
  await readDelivery(testHouse(db), id, dnsOf());
  expect((await tray()).map((item) => item.reason).toSorted()).toEqual(['unknown_sender', 'unreadable']);
  await db.database.pool.query(`delete from tray_item where reason = 'unreadable'`);
  await db.database.pool.query(again, [id, 4]);
  await readDelivery(testHouse(db), id, dnsOf());
  expect(await interactions(customer.id)).toHaveLength(1);
});

test('our own mail that comes back by a copy is recognised and bothers nobody', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail }));
  const [mail] = await acknowledged(customer.mail);
  const copy = letter({ from: CONTACT, id: mail?.messageId });
  expect(await arrive(copy)).toMatchObject({ outcome: 'ignored', interactionId: null });
  expect(await tray()).toEqual([]);
});

test('everything that came with a mail is kept', async () => {
  const customer = await addTestCustomer(db, world);
  const parts = [
    '--b\r\nContent-Type: text/plain\r\n\r\nVoir la photo.',
    '--b\r\nContent-Type: image/png; name="box.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=',
    '--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: avant\r\n\r\nancien',
    '--b--',
  ];
  await arrive(
    letter({ from: customer.mail, headers: ['Content-Type: multipart/mixed; boundary=b'], text: parts.join('\r\n') }),
  );
  const attachments = await db.database.kysely
    .selectFrom('attachment')
    .innerJoin('blob', 'blob.sha256', 'attachment.sha256')
    .where('customerId', '=', customer.id)
    .orderBy('position')
    .select(['filename', 'contentType', 'bytes'])
    .execute();
  expect(attachments).toMatchObject([
    { filename: 'box.png', contentType: 'image/png', bytes: Buffer.from('iVBORw0KGgo=', 'base64') },
    { filename: expect.stringMatching(/\.eml$/), contentType: 'message/rfc822' },
  ]);
});
