import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { noDns } from '../../../test/servers/dns.ts';
import { type Dovecot, startDovecot } from '../../../test/servers/dovecot.ts';
import { testHouse } from '../../../test/servers/house.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { deliver } from '../../../test/servers/smtp-client.ts';
import { addTestCustomer, buildWorld } from '../../../test/world.ts';
import { startImapIntake } from './intake-imap.ts';
import { type SmtpIntake, startSmtpIntake } from './intake-smtp.ts';
import { canonicalLines, contentHash } from './parse/canonical.ts';
import { corpusMails, ownMails } from './parse/fixtures/read-fixtures.ts';
import { parseMail } from './parse/parse-mail.ts';
import { readDelivery } from './read-delivery.ts';

// Every mail by SMTP and by IMAP, one to three times, in any order, read by several workers at once. A sample here;
// VISAVIS_CORPUS=all takes all of them (npm run soak).
const SAMPLE = 60;

suiteNeeding(['dovecot'], 'real mails, however often and by whatever way they come', () => {
  const db = testDatabase();
  const seed = Number(process.env.VISAVIS_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const all = process.env.VISAVIS_CORPUS === 'all';
  let smtp: SmtpIntake;
  let dovecot: Dovecot;
  beforeAll(async () => {
    smtp = await startSmtpIntake(testHouse(db));
    dovecot = await startDovecot();
  });
  afterAll(async () => {
    await smtp?.stop();
    await dovecot?.stop();
  });

  test(
    `each is seen exactly once, with its very bytes (VISAVIS_SEED=${seed})`,
    async () => {
      const world = await buildWorld(db);
      const mails = sample();
      for (const address of everyThirdSender(mails)) await addTestCustomer(db, world, { mail: address });

      await atOnce(8, shuffled(repeated(mails)), async (raw) => {
        expect(
          await deliver(smtp.port, Buffer.from(canonicalLines(raw)), 'a@example.org', 'info@regie.example.org'),
        ).toMatch(/^250/);
      });
      const boxed = shuffled(repeated(mails.filter(fitsMailbox)));
      for (const raw of boxed) dovecot.put('info', raw);
      const house = testHouse(db);
      const imap = startImapIntake(house, dovecot.url('info'));
      const taken = async () => (await deliveries()).filter((each) => each.source === 'imap').length;
      await expect.poll(taken, { timeout: 600_000, interval: 200 }).toBe(boxed.length);
      await imap.stop();
      const ids = (await deliveries()).map((each) => each.id);
      await atOnce(6, shuffled([...ids, ...ids]), (id) => readDelivery(house, id, noDns));

      const expected = expectedBytes(mails);
      const seen = new Map<string, Set<string>>();
      for (const each of await deliveries()) {
        const key = each.contentHash?.toString('hex') ?? 'unread';
        expect(expected.get(key)?.has(each.rawSha256.toString('hex')), `bytes of ${key}`).toBe(true);
        const place = each.interactionId ?? each.trayItemId ?? each.outcome ?? 'nowhere';
        seen.set(key, (seen.get(key) ?? new Set()).add(place));
      }
      expect([...seen.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
      expect([...seen.entries()].filter(([, places]) => places.size !== 1)).toEqual([]);
      const items = await db.database.pool.query<{ n: number }>(
        'select (select count(*) from interaction)::int + (select count(*) from tray_item)::int as n',
      );
      expect(items.rows[0]?.n).toBe([...seen.values()].filter((places) => !places.has('bounce')).length);
    },
    all ? 3_600_000 : 120_000,
  );

  const deliveries = () => db.database.kysely.selectFrom('delivery').selectAll().orderBy('id').execute();

  function sample(): Buffer[] {
    const found = corpusMails('mail/**/*.eml');
    const mails = (found.length > 0 ? found : ownMails()).map((mail) => Buffer.from(mail.raw));
    return all ? mails : shuffled(mails).slice(0, SAMPLE);
  }

  /** In another order each time, but the same one for the same seed. */
  function shuffled<T>(values: readonly T[]): T[] {
    draws += 1;
    const subset = fc.shuffledSubarray([...values], { minLength: values.length });
    return fc.sample(subset, { seed: seed + draws, numRuns: 1 })[0] ?? [];
  }
  let draws = 0;

  function repeated(mails: readonly Buffer[]): Buffer[] {
    draws += 1;
    const times = fc.sample(fc.integer({ min: 1, max: 3 }), { seed: seed + draws, numRuns: mails.length });
    return mails.flatMap((raw, index) => Array<Buffer>(times[index] ?? 1).fill(raw));
  }
});

function everyThirdSender(mails: readonly Buffer[]): string[] {
  const senders = mails.flatMap((raw) => parseMail(raw).from.address?.toLowerCase() ?? []);
  return [...new Set(senders)].filter((address, index) => index % 3 === 0 && /^[^\s@]+@[^\s@]+$/.test(address));
}

/** A mailbox keeps neither NUL nor a carriage return on its own. */
function fitsMailbox(raw: Buffer): boolean {
  return !raw.includes(0) && !/\r(?!\n)/.test(raw.toString('latin1'));
}

/** What each mail may look like when stored. Some mails of the corpora differ in nothing but empty lines at the end. */
function expectedBytes(mails: readonly Buffer[]): Map<string, Set<string>> {
  const expected = new Map<string, Set<string>>();
  for (const raw of mails) {
    const key = contentHash(raw);
    expected.set(key, new Set([...(expected.get(key) ?? []), ...bytesOf(raw)]));
  }
  return expected;
}

/** By SMTP a message always ends with a line end; a mailbox keeps it as it is. */
function bytesOf(raw: Buffer): Set<string> {
  const canonical = Buffer.from(canonicalLines(raw));
  const ended = Buffer.concat([canonical, Buffer.from('\r\n')]);
  return new Set([canonical, ended].map((bytes) => createHash('sha256').update(bytes).digest('hex')));
}

async function atOnce<T>(workers: number, work: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  const left = [...work];
  const worker = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await run(one);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
