import { existsSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testHouse } from '../../../test/servers/house.ts';
import { type Smsc, startSmsc } from '../../../test/servers/smsc.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import { closeCaseFile } from '../../desk/casefiles/close.ts';
import { reply } from '../../desk/casefiles/reply.ts';
import type { House } from '../../desk/house.ts';
import { mobileOf } from '../../desk/sms/mobile.ts';
import { readSms } from '../../desk/sms/read.ts';
import { writeSms } from '../../desk/sms/write.ts';
import { openSms } from './open.ts';
import type { SmsLink } from './port.ts';
import { sendSms } from './send.ts';

const db = testDatabase();
let world: World;
let smsc: Smsc;
let house: House;
let link: SmsLink;
let customer: Awaited<ReturnType<typeof addTestCustomer>>;
const own = { kind: 'staff' as const, role: 'advisor' as const, staffId: '', advisorId: '' };

beforeAll(async () => {
  world = await buildWorld(db);
  Object.assign(own, { staffId: world.staff.ana, advisorId: world.ana });
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await sql`truncate outgoing_sms, sms_receipt, sms_delivery, sms_stop, interaction, tray_item, case_file, commitment cascade`.execute(
    db.database.kysely,
  );
  customer = await addTestCustomer(db, world);
  smsc = await startSmsc();
  house = testHouse(db, { VISAVIS_SMS_URL: smsc.url, VISAVIS_SMS_FROM: '36180' });
  link = openSms(house) as SmsLink;
  await smsc.bound();
});
afterEach(async () => {
  await link.stop();
  await smsc.stop();
});

const write = (text = 'Bonjour.', to = customer.phone) =>
  db.transact((tx) => writeSms(tx, { kind: 'reply', to, text, customerId: customer.id, automatic: false }));
const sent = (id: string) =>
  db.database.kysely.selectFrom('outgoingSms').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
const plain = (typed: string) => typed.replaceAll(/[\u00a0\u202f]/g, ' ');
/** What the customer's advisor reads of it: the first line of each note of ours. */
const news = async () => {
  const notes = await db.database.kysely
    .selectFrom('note')
    .where('customerId', '=', customer.id)
    .where('byStaff', 'is', null)
    .select('text')
    .execute();
  return notes.map((note) => plain(note.text.split('\n')[0] ?? ''));
};
const all = () => db.database.kysely.selectFrom('outgoingSms').selectAll().orderBy('id').execute();
const later = (seconds: number) => {
  db.clock.now = new Date(db.clock.now.getTime() + seconds * 1_000);
};
/** Reads everything that was delivered, as the job does. */
async function readAll(): Promise<void> {
  for (const { id } of await db.database.kysely
    .selectFrom('smsDelivery')
    .where('readAt', 'is', null)
    .select('id')
    .orderBy('receivedAt')
    .execute())
    await readSms(house, id);
}
const text = (words: string, more: Record<string, unknown> = {}) =>
  smsc.deliver({ source_addr: customer.phone.slice(1), short_message: words, ...more });
const interactions = () =>
  db.database.kysely.selectFrom('interaction').selectAll().orderBy('at').orderBy('id').execute();
const caseFiles = () => db.database.kysely.selectFrom('caseFile').selectAll().execute();

describe('what leaves', () => {
  test('one part leaves once, from the short code, and the receipt says that it arrived', async () => {
    const id = await write("Déjà là : à 16 h, l'été {5 €}");
    await sendSms(house, link, id);
    await sendSms(house, link, id);
    expect(smsc.taken).toMatchObject([
      { from: '36180', to: customer.phone.slice(1), text: "Déjà là : à 16 h, l'été {5 €}", coding: 0, group: null },
    ]);
    expect(await sent(id)).toMatchObject({ sentAt: db.clock.now, perhapsTwice: false, deliveredAt: null });
    expect(await smsc.receipt(smsc.taken[0]?.id ?? '', 'DELIVRD')).toBe(0);
    expect(await smsc.receipt(smsc.taken[0]?.id ?? '', 'DELIVRD')).toBe(0);
    expect(await sent(id)).toMatchObject({ deliveredAt: db.clock.now, undeliveredAt: null });
  });

  test('a long one leaves in parts that belong together, in 16 bits when a letter needs them', async () => {
    const words = 'Gaëlle rappelle bientôt. '.repeat(5).trim();
    const id = await write(words);
    await sendSms(house, link, id);
    expect(smsc.taken.map(({ text: part }) => part).join('')).toBe(words);
    expect(smsc.taken.map(({ coding }) => coding)).toEqual([8, 8]);
    const [group] = smsc.taken[0]?.group ?? [];
    expect(smsc.taken.map((each) => each.group)).toEqual([
      [group, 2, 1],
      [group, 2, 2],
    ]);
    // It has arrived when all of it has.
    await smsc.receipt(smsc.taken[1]?.id ?? '', 'DELIVRD');
    expect(await sent(id)).toMatchObject({ deliveredAt: null });
    await smsc.receipt(smsc.taken[0]?.id ?? '', 'UNDELIV');
    expect(await sent(id)).toMatchObject({ deliveredAt: null, undeliveredAt: db.clock.now });
  });

  test('a receipt that comes before the answer counts', async () => {
    smsc.manner = () => 'receiptFirst';
    const id = await write();
    await sendSms(house, link, id);
    expect(await sent(id)).toMatchObject({ sentAt: db.clock.now, deliveredAt: db.clock.now });
  });

  test('throttled, it waits a moment and leaves once; the parts that were taken are not sent again', async () => {
    smsc.manner = (count) => (count === 1 ? 'throttle' : 'accept');
    const id = await write('a'.repeat(300));
    await sendSms(house, link, id);
    expect(await sent(id)).toMatchObject({ sentAt: null, lastError: 'ESME_RTHROTTLED', sendingSince: null });
    await sendSms(house, link, id);
    expect(smsc.taken).toHaveLength(1);
    later(3);
    await sendSms(house, link, id);
    expect(smsc.taken.map(({ group }) => group?.[2])).toEqual([1, 2]);
    expect(await sent(id)).toMatchObject({ perhapsTwice: false, attempts: 2 });
    expect((await sent(id)).sentAt).not.toBeNull();
  });

  test('refused for good, it is not tried again and says why', async () => {
    smsc.manner = () => 'refuse';
    const id = await write();
    await sendSms(house, link, id);
    expect(await sent(id)).toMatchObject({ failedAt: db.clock.now, lastError: 'ESME_RINVDSTADR' });
    await sendSms(house, link, id);
    expect(smsc.taken).toEqual([]);
    expect(await news()).toEqual([
      `Le SMS au ${plain(spacedPhone(customer.phone))} n’est pas parti : le réseau a dit « ESME_RINVDSTADR ». Appelez, ou écrivez autrement.`,
    ]);
  });

  test('its advisor is told once of an SMS that did not arrive, and never of one that did', async () => {
    const id = await write('Je passe demain.');
    await sendSms(house, link, id);
    expect(await news()).toEqual([]);
    const [taken] = smsc.taken;
    await smsc.receipt(taken?.id ?? '', 'UNDELIV');
    await smsc.receipt(taken?.id ?? '', 'UNDELIV');
    expect(await news()).toEqual([
      `Le SMS envoyé au ${plain(spacedPhone(customer.phone))} n’est pas arrivé. Appelez, ou écrivez autrement.`,
    ]);
    const log = await db.database.kysely
      .selectFrom('event')
      .where('type', '=', 'sms.not_arrived')
      .where('customerId', '=', customer.id)
      .selectAll()
      .execute();
    expect(log).toMatchObject([{ customerId: customer.id, advisorId: world.ana }]);
  });

  test('a number taken off the file: it does not leave, and its advisor reads why', async () => {
    const id = await write('Je passe demain.');
    await db.database.kysely
      .deleteFrom('contactPoint')
      .where('customerId', '=', customer.id)
      .where('kind', '=', 'phone')
      .execute();
    await sendSms(house, link, id);
    expect(smsc.taken).toEqual([]);
    expect((await news())[0]).toContain('le numéro n’est plus au dossier, ou son titulaire a écrit STOP');
  });

  test('the line breaks after it was handed over: it leaves again by a new session, marked as perhaps twice', async () => {
    smsc.manner = (count) => (count === 0 ? 'takeAndCut' : 'accept');
    const id = await write();
    await sendSms(house, link, id);
    expect(await sent(id)).toMatchObject({ sentAt: null, sendingSince: db.clock.now });
    await smsc.bound();
    await expect
      .poll(async () => {
        later(60);
        await sendSms(house, link, id);
        return (await sent(id)).sentAt;
      })
      .not.toBeNull();
    expect(smsc.taken).toHaveLength(2);
    expect(await sent(id)).toMatchObject({ perhapsTwice: true });
  });

  test('a promise of yesterday, a number taken off the file and one that said STOP get nothing', async () => {
    const [late, gone, stopped] = [await write(), await write('x', '+33639980999'), await write()];
    await sendSms(house, link, gone);
    later(86_401);
    await sendSms(house, link, late);
    await db.database.kysely
      .insertInto('smsStop')
      .values({ id: stopped, phone: customer.phone, stoppedAt: db.clock.now })
      .execute();
    await sendSms(house, link, stopped);
    expect(smsc.taken).toEqual([]);
    expect((await all()).map(({ failedAt }) => failedAt === null)).toEqual([false, false, false]);
  });

  test('a landline is never chosen, nor a number of somebody else', async () => {
    const landline = await addTestCustomer(db, world, { phone: '+33353010444' });
    expect(await mobileOf(db.database.kysely, landline.id, customer.phone)).toBeUndefined();
    expect(await mobileOf(db.database.kysely, customer.id, '+33353010444')).toBe(customer.phone);
  });
});

describe('what comes in', () => {
  test('an SMS of a customer opens a matter with their advisor, is acknowledged in the advisor’s name, and is seen once', async () => {
    expect(await text('Plus de connexion depuis ce matin')).toBe(0);
    await readAll();
    await readAll();
    expect(await interactions()).toMatchObject([
      {
        channel: 'sms',
        direction: 'in',
        customerId: customer.id,
        party: customer.phone,
        text: 'Plus de connexion depuis ce matin',
      },
    ]);
    expect(await caseFiles()).toMatchObject([{ ownerId: world.ana, closedAt: null }]);
    const [acknowledgement, ...others] = await all();
    expect(others).toEqual([]);
    expect(acknowledgement).toMatchObject({ kind: 'acknowledgement', toPhone: customer.phone, parts: 1 });
    expect(acknowledgement?.text).toMatch(
      /^Votre SMS est arrivé\. Je vous réponds avant .+\. Ana Perrin, Régie du Haut-Jura$/,
    );
    const commitments = await db.database.kysely.selectFrom('commitment').selectAll().execute();
    expect(commitments).toMatchObject([{ kind: 'answer', ownerId: world.ana }]);
  });

  test('a second one goes on with the same matter and is not acknowledged again: two machines write twice at most', async () => {
    for (const words of ['Bonjour', 'Merci pour votre message', 'Merci pour votre message !']) {
      await text(words);
      later(5);
      await readAll();
    }
    expect(await caseFiles()).toHaveLength(1);
    expect(await interactions()).toHaveLength(3);
    expect(await all()).toHaveLength(1);
  });

  test('delivered again over a new line because our answer was lost, it is one; said twice over one line, it is two', async () => {
    await text('Oui');
    smsc.cut();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await smsc.bound();
    await text('Oui');
    await readAll();
    expect(await interactions()).toHaveLength(1);
    await text('Oui');
    await readAll();
    expect(await interactions()).toHaveLength(2);
  });

  test('parts in any order, one of them twice, are one message', async () => {
    const part = (at: number, words: string) =>
      text('', { esm_class: 0x40, short_message: { udh: Buffer.from([5, 0, 3, 77, 3, at]), message: words } });
    await part(3, ' de ce matin');
    await part(1, 'La box ');
    await readAll();
    expect(await interactions()).toEqual([]);
    await part(1, 'La box ');
    await part(2, 'clignote');
    await readAll();
    expect((await interactions()).map((each) => each.text)).toEqual(['La box clignote de ce matin']);
    // Another one with the same reference, hours later, is another message; what never comes leaves a gap.
    later(7_200);
    await part(2, 'suite');
    await readAll();
    later(2_000);
    await readAll();
    expect((await interactions()).map((each) => each.text)).toContain(' […] suite […] ');
  });

  test('an unknown number goes to the tray, with an owner and a time, and hears nothing', async () => {
    await smsc.deliver({ source_addr: '33639980777', short_message: 'Qui êtes-vous ?' });
    await smsc.deliver({ source_addr: 'AMELI', short_message: 'Votre colis' });
    await readAll();
    const tray = await db.database.kysely.selectFrom('trayItem').selectAll().orderBy('at').execute();
    expect(tray).toMatchObject([
      { channel: 'sms', fromPhone: '+33639980777', reason: 'unknown_sender', text: 'Qui êtes-vous ?' },
      { channel: 'sms', fromPhone: 'AMELI' },
    ]);
    expect(await all()).toEqual([]);
  });

  test('STOP is remembered: it stands on the timeline, owes no answer, is confirmed once, and stops what waits', async () => {
    await text('Panne');
    await readAll();
    await text('STOP');
    await readAll();
    await text('Stop');
    await readAll();
    expect((await all()).map(({ kind, cancelledAt }) => [kind, cancelledAt !== null])).toEqual([
      ['acknowledgement', true],
      ['stop', false],
    ]);
    expect(await interactions()).toHaveLength(3);
    expect(await mobileOf(db.database.kysely, customer.id)).toBeUndefined();
    const [stop] = (await all()).filter(({ kind }) => kind === 'stop');
    await sendSms(house, link, stop?.id ?? '');
    expect(smsc.taken).toHaveLength(1);
    const [matter] = await caseFiles();
    const answered = await db.transact((tx) =>
      reply(tx, own, { caseFileId: matter?.id ?? '', text: 'Oui.', by: 'sms' }),
    );
    expect(answered).toEqual({ ok: false, why: 'no_sms' });
    await text('START');
    await readAll();
    expect(await mobileOf(db.database.kysely, customer.id)).toBe(customer.phone);
  });

  test('the advisor answers by SMS, signed, once on the timeline; files and closed matters go another way', async () => {
    await text('Panne');
    await readAll();
    const [matter] = await caseFiles();
    const caseFileId = matter?.id ?? '';
    const answered = await db.transact((tx) => reply(tx, own, { caseFileId, text: 'C’est réparé.' }));
    expect(answered).toMatchObject({ ok: true, mailId: null });
    later(11);
    await sendSms(house, link, answered.ok ? (answered.smsId ?? '') : '');
    expect(smsc.taken.map((each) => each.text)).toEqual(["C'est réparé.\nAna Perrin"]);
    expect((await interactions()).map(({ channel, direction }) => [channel, direction])).toEqual([
      ['sms', 'in'],
      ['sms', 'out'],
    ]);
    expect(await db.transact((tx) => reply(tx, own, { caseFileId, text: 'x'.repeat(2_000), by: 'sms' }))).toEqual({
      ok: false,
      why: 'too_long',
    });
    await db.transact((tx) => closeCaseFile(tx, own, { caseFileId, words: 'Réparé.', tell: false }));
    later(60);
    await text('Encore en panne');
    await readAll();
    expect(await caseFiles()).toHaveLength(2);
  });

  test('what attackers write is kept as it is and breaks nothing', async () => {
    const file = new URL('../../../../shared/corpora/attacks/xss-payloads.txt', import.meta.url);
    const lines = existsSync(file)
      ? readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(0, 25)
      : Array.from({ length: 25 }, (_, n) => `<script>alert(${n})</script>`);
    for (const line of [...lines, "'; drop table customer; --", 'a\0b', '\ud800', '%s%n', '=cmd|x!A1']) {
      expect(await text(line.slice(0, 60), { data_coding: 8 })).toBe(0);
      later(1);
    }
    await readAll();
    const unread = await db.database.kysely
      .selectFrom('smsDelivery')
      .where('readAt', 'is', null)
      .select('id')
      .execute();
    expect(unread).toEqual([]);
    expect((await interactions()).map((each) => each.text)).toContain(lines[0]?.slice(0, 60));
    // So many within ten minutes: nothing automatic answers.
    expect(await all()).toEqual([]);
  });

  test('while the database cannot take it, the SMSC is told to keep it', async () => {
    await sql`alter table sms_delivery rename to sms_away`.execute(db.database.kysely);
    expect(await text('Bonjour')).toBe(0x64);
    await sql`alter table sms_away rename to sms_delivery`.execute(db.database.kysely);
    expect(await text('Bonjour')).toBe(0);
    await readAll();
    expect(await interactions()).toHaveLength(1);
  });
});
