import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from './database.ts';
import { buildWhenMissing } from './servers/built.ts';
import { startProduct } from './servers/product.ts';

const db = testDatabase();
let folder: string;

beforeAll(async () => {
  buildWhenMissing();
  folder = await mkdtemp(join(tmpdir(), 'visavis-start-'));
  await writeFile(join(folder, 'a-file'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const AT_NOBODY = 'postgresql://visavis@127.0.0.1:1/visavis';
const elsewhere = () => db.url.replace(/\/visavis_\w+/, '/visavis_of_nobody');

describe('a start that cannot be says why and how to mend it, in the language of who runs it, and ends with 1', () => {
  test('nobody answers at the database’s address', async () => {
    const { en, fr } = await bothStarts({ DATABASE_URL: AT_NOBODY });
    expect(en).toContain('The database at 127.0.0.1:1 does not answer');
    expect(en).toContain('Check that PostgreSQL runs there and that DATABASE_URL is right');
    expect(fr).toContain('La base de données (127.0.0.1:1) ne répond pas');
  }, 60_000);

  test('the server has no such database', async () => {
    const { en, fr } = await bothStarts({ DATABASE_URL: elsewhere() });
    expect(en).toContain('has no database "visavis_of_nobody". Make it with createdb');
    expect(fr).toContain('n’a pas de base «\u00a0visavis_of_nobody\u00a0». Créez-la avec createdb');
  }, 60_000);

  test('the data folder cannot be made', async () => {
    const { en, fr } = await bothStarts({ VISAVIS_DATA: join(folder, 'a-file', 'data') });
    expect(en).toContain('Name another in VISAVIS_DATA');
    expect(fr).toContain('Nommez-en un autre dans VISAVIS_DATA');
  }, 60_000);

  test('a newer Visavis made the database, which is left as it is', async () => {
    await planted(
      "insert into migration (number, name) values (9999, '9999-of-tomorrow.sql')",
      async () => {
        const { en, fr } = await bothStarts({ DATABASE_URL: db.url });
        expect(en).toMatch(/at version 9999, newer than this program \(version \d+\)\. Start the newer Visavis/);
        expect(fr).toMatch(/en version 9999, plus récente que ce programme \(version \d+\)\. Démarrez le Visavis/);
      },
      'delete from migration where number = 9999',
    );
  }, 60_000);

  test('a restore into the database was cut off', async () => {
    await planted(
      'create table unfinished_restore ()',
      async () => {
        const { en, fr } = await bothStarts({ DATABASE_URL: db.url });
        expect(en).toContain('Run the same "visavis restore FILE" again');
        expect(fr).toContain('Relancez le même «\u00a0visavis restore FICHIER\u00a0»');
      },
      'drop table unfinished_restore',
    );
  }, 60_000);
});

/** What the program says on the way out, started with a French and an English terminal. */
async function bothStarts(environment: Record<string, string>): Promise<{ en: string; fr: string }> {
  const [en, fr] = await Promise.all(
    ['en', 'fr'].map((language) => lastWords({ ...environment, VISAVIS_LANGUAGE: language })),
  );
  return { en: en ?? '', fr: fr ?? '' };
}

async function lastWords(environment: Record<string, string>): Promise<string> {
  const product = await startProduct({ environment });
  expect(await product.ended).toBe(1);
  expect(product.said().out).toBe('');
  return product.said().err;
}

async function planted(fault: string, look: () => Promise<void>, mend: string): Promise<void> {
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  try {
    await client.query(fault);
    await look();
  } finally {
    await client.query(mend);
    await client.end();
  }
}
