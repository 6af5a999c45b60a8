import pg from 'pg';
import { DatabaseUnreachable, unreachable } from './words.ts';

const MOST_TO_CONNECT_MS = 15_000;

/** One connection of its own, for work that needs a session. Throws DatabaseUnreachable, which says how to mend it. */
export async function connect(url: string, name: string): Promise<pg.Client> {
  const settings = { connectionString: url, application_name: name, connectionTimeoutMillis: MOST_TO_CONNECT_MS };
  const client = new pg.Client(settings);
  // Whoever waits for an answer gets the error.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    const place = `${client.host}:${client.port}`;
    throw new DatabaseUnreachable(
      unreachable({ code, message, place, database: client.database ?? '', user: client.user ?? '' }),
      { cause: error },
    );
  }
}
