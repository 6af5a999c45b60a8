import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { loadTerritory } from '../../src/desk/areas/load-territory.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { createLog } from '../../src/platform/log/log.ts';
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts';
import { fill, type Size } from './fill.ts';

export interface FilledDatabase {
  url: string;
  /** A bearer token for the API. */
  token: string;
  stop(): Promise<void>;
  /** kill -9 of the server. */
  kill(): Promise<void>;
}

/** An embedded PostgreSQL of its own, durable as in production, filled to this size. */
export async function filledDatabase(
  folder: string,
  size: Size,
  say: (words: string) => void,
): Promise<FilledDatabase> {
  const server = await startEmbeddedPostgres(folder, createLog('error'), ['shared_buffers=512MB', 'max_wal_size=4GB']);
  try {
    return {
      url: server.url,
      token: await prepare(server.url, size, say),
      stop: () => server.stop(),
      kill: () => server.kill(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function prepare(url: string, size: Size, say: (words: string) => void): Promise<string> {
  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (!(await isFilled(client))) await fillFrom(url, client, size, say);
    return await makeToken(client);
  } finally {
    await client.end();
  }
}

async function isFilled(client: pg.Client): Promise<boolean> {
  return (await client.query('select 1 from operator')).rowCount === 1;
}

async function fillFrom(url: string, client: pg.Client, size: Size, say: (words: string) => void): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await loadTerritory(pool);
  await pool.end();
  const started = performance.now();
  await fill(client, size, (words) => say(`filling: ${words} (${Math.round((performance.now() - started) / 1000)} s)`));
}

/** A bearer token with every right. */
export async function makeToken(client: pg.Client): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await client.query(
    "insert into api_token (token_sha256, name, role, made_at) values ($1, 'bench', 'administrator', now())",
    [createHash('sha256').update(token).digest()],
  );
  return token;
}
