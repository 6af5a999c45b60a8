import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { callLoad } from './call-load.ts';
import { httpClient } from './http.ts';
import { hearEvents } from './live.ts';
import { type Measured, summary } from './measure.ts';

const CALLS = 30;
/** Long enough that a band that is late is late, and not missing. */
const RINGS_MS = 700;
/** Sooner the one before may still ring, or count as ringing, and a colleague is rung. */
const CALLS_A_SECOND = 0.5;
const DOOR = '/api/v1/workspace/calls';

/**
 * From an INVITE to what an advisor's screen needs for the band: an event of the call has come, and the door the band
 * reads has answered with that call, both over the session of the advisor whose phone rings. That the browser gathers
 * changes for 40 ms, and what it takes to draw, is not in it; nor is the first call, with which much is done for the
 * first time.
 */
export async function bandTimes(
  productUrl: string,
  databaseUrl: string,
  { port, callers }: { port: number; callers: readonly string[] },
): Promise<Measured> {
  const { customers, session } = await advisorAtWork(productUrl, databaseUrl, callers);
  const client = httpClient(productUrl, session);
  const began = new Map<string, number>();
  const times: number[] = [];
  const show = async (customerId: string, from: number) => {
    const { status, body } = await client.get(DOOR);
    const { calls = [] } = JSON.parse(body) as { calls?: { caller: { id: string } | null }[] };
    const isShown = calls.some(({ caller }) => caller?.id === customerId);
    // The event of the INVITE may come before it is known whose phone rings: the screen reads again at the next one.
    if (status === 200 && isShown && began.delete(customerId)) times.push(performance.now() - from);
  };
  const stop = await hearEvents(productUrl, session, ({ type, customerId = '' }) => {
    const from = began.get(customerId);
    // A door that does not answer: this call is counted as failed.
    if (type?.startsWith('call.') && from !== undefined) show(customerId, from).catch(() => undefined);
  });
  // As the screen did when it was opened.
  await client.get(DOOR);
  const [first = '', ...numbers] = [...customers.keys()];
  const once = { port, perSecond: CALLS_A_SECOND, ringsMs: RINGS_MS };
  await callLoad({ ...once, callers: [first], seconds: 1 / CALLS_A_SECOND });
  const noteBegin = (number: string) => void began.set(customers.get(number) ?? '', performance.now());
  await callLoad({ ...once, callers: numbers, seconds: numbers.length / CALLS_A_SECOND, noteBegin });
  await pause(2_000);
  stop();
  client.close();
  return summary(times, numbers.length, numbers.length - times.length);
}

interface AtWork {
  /** Customers of one advisor, by number. */
  customers: ReadonlyMap<string, string>;
  /** What the browser of that advisor sends along. */
  session: { Cookie: string };
}

/** The advisor of most of these callers, signed in. */
async function advisorAtWork(productUrl: string, databaseUrl: string, callers: readonly string[]): Promise<AtWork> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: string; id: string; advisor: string }>(
      `with caller as (
         select value, customer.id, advisor_id as advisor, count(*) over (partition by advisor_id) as many
         from contact_point join customer on customer.id = customer_id
         where contact_point.kind = 'phone' and value = any($1))
       select value, id, advisor from caller order by many desc, advisor, value limit $2`,
      [callers, CALLS],
    );
    const [{ advisor } = { advisor: '' }] = rows;
    const own = rows.filter((row) => row.advisor === advisor);
    return {
      customers: new Map(own.map(({ value, id }) => [value, id])),
      session: await signIn(productUrl, client, advisor),
    };
  } finally {
    await client.end();
  }
}

/** Through a one-time link, as in a browser. */
async function signIn(productUrl: string, client: pg.Client, advisorId: string): Promise<{ Cookie: string }> {
  const { rows } = await client.query<{ id: string }>(
    `insert into staff (id, name, email, role, advisor_id) values ($1::uuid, 'Ana Banc', $1::text || '@banc.example.org', 'advisor', $2)
     on conflict (advisor_id) do update set updated_at = now() returning id`,
    [randomUUID(), advisorId],
  );
  const token = randomBytes(32).toString('base64url');
  await client.query(
    `insert into one_time_link (token_sha256, purpose, staff_id, payload, made_at, expires_at)
     values ($1, 'staff_sign_in', $2, '{}', now(), now() + interval '1 hour')`,
    [createHash('sha256').update(token).digest(), rows[0]?.id],
  );
  const entered = await fetch(`${productUrl}/fr/staff/enter/${token}`, { method: 'POST', redirect: 'manual' });
  const cookies = entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  if (cookies.length === 0) throw new Error(`the link did not open a session: ${entered.status}`);
  return { Cookie: cookies.join('; ') };
}
