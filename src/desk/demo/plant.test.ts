import { sql } from 'kysely';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { storeBlob } from '../interactions/blobs.ts';
import { keepPendingMessage } from '../interactions/pending-messages.ts';
import type { Tx } from '../tx.ts';
import { examine } from '../views/doctor/examine.ts';
import { isEmpty, type Planted, plantDemo } from './plant.ts';
import { removeDemo } from './remove.ts';

// Whole territories are planted and removed.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const db = testDatabase();
const count = async (query: string): Promise<number> =>
  Number((await db.database.pool.query<{ n: string }>(`select count(*) as n from ${query}`)).rows[0]?.n);

describe('the demo territory', () => {
  let planted: Planted;

  beforeAll(async () => {
    expect(await isEmpty(db.database.kysely)).toBe(true);
    planted = await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 25_39, customers: 1_200 }));
  });

  it('has thirty advisors in pods of five, each with two to four ranked backups from the pod and a portrait', async () => {
    expect(planted.advisors).toBe(30);
    expect(await count('advisor where photo is null')).toBe(0);
    const { rows } = await sql<{ backups: number; strangers: number }>`
      select count(*)::int as backups, count(*) filter (where other.pod_id <> own.pod_id)::int as strangers
      from backup join advisor own on own.id = advisor_id join advisor other on other.id = backup_advisor_id
      group by advisor_id`.execute(db.database.kysely);
    expect(rows).toHaveLength(30);
    for (const row of rows) {
      expect(row.backups).toBeGreaterThanOrEqual(2);
      expect(row.backups).toBeLessThanOrEqual(4);
      expect(row.strangers).toBe(0);
    }
  });

  it('leaves no commune of Doubs and Jura without an area, and adds none elsewhere', async () => {
    expect(
      await count(
        `commune where departement_code in ('25', '39') and not exists (select 1 from area where commune_insee = insee)`,
      ),
    ).toBe(0);
    expect(await count(`area join commune on insee = commune_insee where departement_code not in ('25', '39')`)).toBe(
      0,
    );
  });

  it('cuts the large towns into sectors of at most a tenth of a caseload', async () => {
    expect(
      await count(`area where commune_insee in ('25056', '25388', '39198', '25462', '39300') and sector is null`),
    ).toBe(0);
    expect(
      await count(
        `commune c where departement_code in ('25', '39') and population / (select count(*) from area where commune_insee = insee) > 8000`,
      ),
    ).toBe(0);
  });

  it('gives every advisor an equal load for their share of work, within a tenth', async () => {
    const { rows } = await sql<{ load: number }>`
      select sum((population::numeric / sectors + 250.0 / sectors) / share)::float as load
      from (select advisor_id, population, count(*) over (partition by commune_insee) as sectors from area join commune on insee = commune_insee) a
      join advisor on advisor.id = a.advisor_id group by advisor.id`.execute(db.database.kysely);
    const mean = rows.reduce((total, row) => total + row.load, 0) / 30;
    for (const { load } of rows) expect(Math.abs(load / mean - 1)).toBeLessThan(0.1);
  });

  it('makes each town hall a customer with the advisor of its commune, like anyone else', async () => {
    expect(await count(`customer where kind = 'town_hall'`)).toBe(480);
    expect(await count('customer join area on area.id = area_id where customer.advisor_id <> area.advisor_id')).toBe(0);
  });

  it('uses only numbers kept for fiction and addresses at example domains, each for one customer', async () => {
    const fiction = String.raw`'^\+33(19900|26191|35301|46571|53649|63998)\d{4}$'`;
    expect(await count(`contact_point where kind = 'phone' and value !~ ${fiction}`)).toBe(0);
    expect(await count(`advisor where phone !~ ${fiction}`)).toBe(0);
    expect(
      await count(String.raw`contact_point where kind = 'mail' and value !~ '@([a-z0-9-]+\.)*example\.(org|com)$'`),
    ).toBe(0);
    expect(
      await count(`(select value from contact_point where kind <> 'postal' group by value having count(*) > 1) twice`),
    ).toBe(0);
    expect(await count(`contact_point join advisor on value = phone`)).toBe(0);
  });

  it('has months of history in which every solved matter was answered and closed with words', async () => {
    expect(planted.caseFiles).toBeGreaterThan(700);
    expect(
      await count(
        `case_file f where closed_at is not null and not exists (select 1 from interaction where case_file_id = f.id and direction = 'out')`,
      ),
    ).toBe(0);
    expect(
      await count(
        `commitment join case_file f on f.id = case_file_id where closed_at is not null and num_nonnulls(kept_at, broken_at, withdrawn_at) = 0`,
      ),
    ).toBe(0);
    expect(await count(`interaction where at > '${db.clock.now.toISOString()}'`)).toBe(0);
  });

  it('has open matters whose commitments are still to come, and one promise that broke and passed to the backup', async () => {
    expect(await count('case_file where closed_at is null')).toBeGreaterThan(60);
    expect(
      await count(
        `commitment where num_nonnulls(kept_at, broken_at, withdrawn_at) = 0 and due_at <= '${db.clock.now.toISOString()}'`,
      ),
    ).toBe(0);
    expect(
      await count(
        `commitment c join case_file f on f.id = c.case_file_id where f.closed_at is null and c.escalation = 1 and c.owner_id = f.owner_id`,
      ),
    ).toBe(1);
    expect(await count(`case_file where third_party is not null`)).toBeGreaterThan(5);
  });

  it('leaves nobody’s lunch hour without anyone named, whoever goes away in the coming three weeks', async () => {
    for (const days of [0, 7]) {
      const now = new Date(db.clock.now.getTime() + days * 86_400_000);
      const found = await examine({ db: db.database.kysely, now, sendsMail: false }, () => undefined);
      expect(found.filter(({ check }) => check === 'cover')).toEqual([]);
    }
  });

  it('has an advisor away now whose open case files are with the named cover', async () => {
    const away = await db.database.kysely
      .selectFrom('absence')
      .where('startsAt', '<=', db.clock.now)
      .where('endsAt', '>', db.clock.now)
      .selectAll()
      .execute();
    expect(away).toHaveLength(1);
    expect(away[0]?.coverAdvisorId).toBeTruthy();
    expect(await count(`case_file where closed_at is null and owner_id = '${away[0]?.advisorId}'`)).toBe(0);
    expect(await count(`ownership where absence_id = '${away[0]?.id}'`)).toBeGreaterThan(0);
    expect(await count(`absence where starts_at > '${db.clock.now.toISOString()}'`)).toBe(2);
  });

  it('keeps names and words out of the event log', async () => {
    expect(await count('event')).toBeGreaterThan(5_000);
    expect(await count(`event where facts::text ~* 'bonjour|mairie|famille|@'`)).toBe(0);
  });

  it('has one account for each role at least', async () => {
    const { rows } = await sql<{ role: string }>`select distinct role from staff where demo order by role`.execute(
      db.database.kysely,
    );
    expect(rows.map((row) => row.role)).toEqual(['administrator', 'advisor', 'lead', 'moderator']);
  });

  it('makes the same people from the same seed', async () => {
    const names = () =>
      db.database.kysely.selectFrom('customer').select(['reference', 'name', 'kind']).orderBy('reference').execute();
    const before = await names();
    await db.transact(removeDemo);
    await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 25_39, customers: 1_200 }));
    expect(await names()).toEqual(before);
  });

  it('goes, but not the file of a message to an advisor of your own that its writer has yet to confirm', async () => {
    const seen: unknown[] = [];
    const undone = db.transact(async (tx) => {
      const [own, other] = await tx.db.selectFrom('advisor').select('id').orderBy('id').limit(2).execute();
      if (!own || !other) throw new Error('no advisors');
      await tx.db.updateTable('operator').set({ demo: false }).execute();
      await sql`update office set demo = false`.execute(tx.db);
      await sql`update pod set demo = false`.execute(tx.db);
      await sql`update advisor set demo = false, photo = null where id = ${own.id}`.execute(tx.db);
      const kept = await writeTo(tx, own.id);
      await writeTo(tx, other.id);
      seen.push((await removeDemo(tx)).ok);
      const blobs = await tx.db.selectFrom('blob').select('sha256').execute();
      seen.push(blobs.map((blob) => blob.sha256.equals(kept)));
      seen.push(await tx.db.selectFrom('pendingMessage').select('advisorId').execute());
      seen.push([{ advisorId: own.id }]);
      throw new Error('undo all of it');
    });
    await expect(undone).rejects.toThrow('undo all of it');
    expect(seen.slice(0, 3)).toEqual([true, [true], seen[3]]);
  });

  it('is not removed while a customer of your own is with a demo advisor, and then goes without a trace', async () => {
    await sql`update customer set demo = false where reference = 'C100001'`.execute(db.database.kysely);
    expect(await db.transact(removeDemo)).toEqual({ ok: false, why: 'own_customers_remain', count: 1 });
    expect(await count('customer')).toBe(1_680);
    await sql`update customer set demo = true where reference = 'C100001'`.execute(db.database.kysely);

    expect(await db.transact(removeDemo)).toEqual({ ok: true, customers: 1_680, advisors: 30 });
    expect(await isEmpty(db.database.kysely)).toBe(true);
    for (const table of [
      'case_file',
      'interaction',
      'commitment',
      'ownership',
      'note',
      'event',
      'tray_item',
      'absence',
      'area',
      'office',
      'pod',
      'staff',
      'tenure',
      'blob',
    ])
      expect([table, await count(table)]).toEqual([table, 0]);
    expect(await count('commune')).toBeGreaterThan(34_000);
  });
});

/** A message with a file, whose writer has not confirmed it. Answers what the file is kept under. */
async function writeTo(tx: Tx, advisorId: string): Promise<Buffer> {
  const sha256 = await storeBlob(tx, Buffer.from(`a file for ${advisorId}`));
  await keepPendingMessage(tx, {
    advisorId,
    locale: 'fr',
    mail: 'writer@example.org',
    phone: null,
    name: 'Lou Essai',
    communeInsee: null,
    text: 'Voici ma facture.',
    contentHash: Buffer.from(advisorId),
    attachments: [{ filename: 'facture.pdf', contentType: 'application/pdf', sha256 }],
  });
  return sha256;
}
