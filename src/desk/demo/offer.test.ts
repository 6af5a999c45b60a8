import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { readConfig } from '../../platform/config/config.ts';
import type { House } from '../house.ts';
import { offerDemo } from './offer.ts';
import { isEmpty } from './plant.ts';
import { removeDemo } from './remove.ts';

const db = testDatabase();
const houseWith = (environment: Record<string, string | undefined>): House => ({
  config: readConfig(environment),
  log: db.log,
  clock: () => db.clock.now,
  db: db.database.kysely,
  transact: db.transact,
  events: db.events,
  signingKey: Buffer.alloc(32),
  olderKeys: [],
});
const offer = (environment: Record<string, string | undefined>) =>
  offerDemo(houseWith(environment), { seed: 1, customers: 20 });
const empty = () => isEmpty(db.database.kysely);

describe('the demo at a start', () => {
  it('is not planted where anything is configured, where others can see it, or where it is not wanted', async () => {
    for (const environment of [
      { VISAVIS_DEMO: '0' },
      { HOST: '0.0.0.0' },
      { DATABASE_URL: 'postgresql://db.example.org/visavis' },
      { VISAVIS_SMTP_URL: 'smtp://mail.example.org' },
      { VISAVIS_IMAP_URL: 'imap://mail.example.org' },
    ])
      expect([environment, await offer(environment), await empty()]).toEqual([environment, undefined, true]);
  });

  it('is planted once, however many processes start, and says what it is, how to enter and how to remove it', async () => {
    const said = await Promise.all([offer({}), offer({})]);
    for (const words of said) {
      expect(words).toContain('This is a demo');
      expect(words).toContain('visavis -- demo remove');
      for (const role of ['administrator', 'team lead', 'advisor, Samira', 'moderator', 'customer', 'town hall'])
        expect(words).toContain(role);
    }
    const { rows } = await db.database.pool.query('select count(*)::int as count from advisor');
    expect(rows).toEqual([{ count: 30 }]);
    expect(await offer({ VISAVIS_DEMO: '0' })).toContain('This is a demo');
  });

  it('does not come back over an operator of one’s own', async () => {
    await db.transact(removeDemo);
    await db.database.kysely
      .insertInto('operator')
      .values({
        name: 'Ours',
        phone: '+33353010000',
        mailDomain: 'ours.example.org',
        contactMail: 'contact@ours.example.org',
      })
      .execute();
    expect(await offer({ VISAVIS_DEMO: '1' })).toBeUndefined();
    const { rows } = await db.database.pool.query('select count(*)::int as count from advisor');
    expect(rows).toEqual([{ count: 0 }]);
  });
});
