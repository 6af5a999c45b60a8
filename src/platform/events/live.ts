import pg from 'pg';
import type { Log } from '../log/log.ts';

/** One row of the event log as it goes to a browser. */
export interface LiveEvent {
  /** Place in the log, "transaction.sequence": hand it back to go on from there. */
  id: string;
  type: string;
  at: string;
  customerId: string | null;
  advisorId: string | null;
  caseFileId: string | null;
  facts: Record<string, unknown>;
}

export interface LiveEvents {
  /** Calls back with every event that commits from now on. Returns the way to stop. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  /** Events after the place, oldest first, at most `limit`. */
  since(place: string, limit: number): Promise<LiveEvent[]>;
  /** The place of the newest event everybody may see. */
  newest(): Promise<string>;
  /** Tells all processes that something was committed. Cheap: many calls become one message. */
  wake(): void;
  stop(): Promise<void>;
}

const CHANNEL = 'visavis_event';
const POLL_MS = 2000;
const GATHER_MS = 15;
// A sequence number may become visible before a smaller one whose transaction is still open. Reading in the order of
// (transaction, number) and only below the oldest open transaction can never skip a late one.
const READ = `select xid::text || '.' || seq as id, type, at, customer_id as "customerId", advisor_id as "advisorId", case_file_id as "caseFileId", facts
  from event where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, seq limit $3`;
const NEWEST = `select xid::text || '.' || seq as id from event where xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, seq desc limit 1`;

/** Follows the event log of the database and hands new rows to subscribers; catches up by itself after any break. */
export async function followEvents(url: string, pool: pg.Pool, log: Log): Promise<LiveEvents> {
  const listeners = new Set<(event: LiveEvent) => void>();
  const since = async (place: string, limit: number): Promise<LiveEvent[]> => {
    const [xid, seq] = readPlace(place);
    return (await pool.query<LiveEvent>(READ, [xid, seq, limit])).rows;
  };
  const newest = async () => (await pool.query<{ id: string }>(NEWEST)).rows[0]?.id ?? '0.0';

  let place = await newest();
  let reading = false;
  let again = false;
  const read = async () => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      do {
        again = false;
        const events = listeners.size > 0 ? await since(place, 500) : [];
        if (listeners.size === 0) place = await newest();
        for (const event of events) {
          place = event.id;
          for (const listener of listeners) listener(event);
        }
        if (events.length === 500) again = true;
      } while (again);
    } catch (error) {
      log.warn({ error: String(error) }, 'live events will be read again');
    } finally {
      reading = false;
    }
  };

  const listener = await listen(url, read, log);
  const timer = setInterval(read, POLL_MS);
  let waking: NodeJS.Timeout | undefined;
  return {
    subscribe: (callback) => {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    since,
    newest,
    wake: () => {
      waking ??= setTimeout(() => {
        waking = undefined;
        pool.query(`notify ${CHANNEL}`).catch(() => undefined);
      }, GATHER_MS);
    },
    stop: async () => {
      clearInterval(timer);
      clearTimeout(waking);
      await listener.stop();
    },
  };
}

/** Splits "transaction.sequence"; anything else means "from the beginning". */
function readPlace(place: string): [string, string] {
  const match = /^(\d{1,19})\.(\d{1,18})$/.exec(place);
  return match?.[1] && match[2] ? [match[1], match[2]] : ['0', '0'];
}

const RETRY_MS = 500;

/** Holds one connection that hears of commits; when it is lost another takes its place, never two. */
async function listen(url: string, onNotify: () => void, log: Log): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  let client: pg.Client | undefined;
  const connect = async (): Promise<void> => {
    if (stopped) return;
    const next = new pg.Client({ connectionString: url, application_name: 'visavis-events', keepAlive: true });
    // A connection that cannot be made both fails and ends: it is replaced once.
    let replaced = false;
    const replace = () => {
      if (stopped || replaced) return;
      replaced = true;
      setTimeout(() => void connect(), RETRY_MS);
    };
    next.on('notification', onNotify);
    next.on('error', () => undefined);
    next.on('end', replace);
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
      client = next;
      onNotify();
    } catch (error) {
      log.warn({ error: String(error) }, 'waiting for the database to listen for live events');
      await next.end().catch(() => undefined);
      replace();
    }
  };
  await connect();
  return {
    stop: async () => {
      stopped = true;
      await client?.end().catch(() => undefined);
    },
  };
}
