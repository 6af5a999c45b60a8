import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { listsWritten, openAtAllHours } from '../../bench/calls.ts';
import { filledDatabase } from '../../bench/database.ts';
import { startKamailio } from '../../servers/kamailio.ts';
import { type Manner, startPhones } from '../../servers/phones.ts';
import { freePort, type Product, ready, startProduct } from '../../servers/product.ts';
import type { Kill } from './verdict.ts';

export const PROXY = 16_960;
const PHONES = 16_970;
/** Then nobody picks up: of a hundred advisors somebody would. */
const RUSH_EVERY_MS = 30_000;
const RUSH_LASTS_MS = 8_000;

export interface CallStage {
  databaseUrl: string;
  /** Numbers on file, each one customer's. */
  callers: string[];
  /** Numbers on nobody's file. */
  strangers: string[];
  /** Every one so far. */
  kills: readonly Kill[];
  /** kill -9; it is started again at once. Returns the milliseconds until it answers. */
  killProduct(): Promise<number>;
  killKamailio(): Promise<number>;
  stop(): Promise<void>;
}

/** An operator with its database, its Kamailio and a hundred phones that change their ways all the time. */
export async function startCallStage(folder: string, say: (words: string) => void): Promise<CallStage> {
  const database = await filledDatabase(join(folder, 'filled'), { customers: 5_000, interactions: 5_000 }, say);
  const { numbers, phones: advisors } = await openAtAllHours(database.url);
  const phones = await startPhones(PHONES);
  phones.set('front', 'answer');
  let wasRush = true;
  const change = () => {
    const isRush = Date.now() % RUSH_EVERY_MS < RUSH_LASTS_MS;
    for (const number of advisors)
      if (isRush) phones.set(number, 'busy');
      else if (wasRush || Math.random() < 0.2) phones.set(number, manner());
    wasRush = isRush;
  };
  change();
  const changing = setInterval(change, 1_000);
  const fallback = `sip:front@${phones.address}`;
  const environment = {
    VISAVIS_VOICEMAIL: '1',
    DATABASE_URL: database.url,
    PORT: String(await freePort()),
    VISAVIS_DATA: join(folder, 'data'),
    VISAVIS_KAMAILIO: `127.0.0.1:${PROXY + 1}`,
    VISAVIS_PHONES: phones.address,
    VISAVIS_CALLS_FALLBACK: fallback,
    VISAVIS_CALLS_FOLDER: folder,
  };
  let product: Product = await startProduct({ environment });
  await ready(product);
  // Kamailio starts with the lists the product has written.
  await listsWritten(folder);
  const kamailio = await startKamailio(PROXY, { fallback, folder });
  const kills: Kill[] = [];
  const killKamailio = () => {
    kills.push({ what: 'kamailio', at: Date.now() });
    return kamailio.kill();
  };
  return {
    databaseUrl: database.url,
    callers: numbers,
    strangers: await numbersOfNobody(database.url),
    kills,
    killProduct: async () => {
      kills.push({ what: 'product', at: Date.now() });
      await product.kill();
      // Promised a callback by a machine or by a sentence: both ways of a call that nobody answers are in one run.
      const voicemail = Math.random() < 0.5 ? '1' : '0';
      product = await startProduct({ environment: { ...environment, VISAVIS_VOICEMAIL: voicemail } });
      return ready(product);
    },
    killKamailio: async () => {
      const from = performance.now();
      await killKamailio();
      // Its processes hold the port a moment longer than the first of them lives.
      await pause(200);
      // Whatever supervises it would start it again, too.
      await kamailio.start().catch(() => killKamailio().then(() => kamailio.start()));
      return performance.now() - from;
    },
    stop: async () => {
      clearInterval(changing);
      await product.stop();
      await kamailio.stop();
      phones.stop();
      await database.stop();
    },
  };
}

/** Of a range reserved for fiction, as those on file are. */
async function numbersOfNobody(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ number: string }>(
    `select number from (select '+3363998' || lpad(n::text, 4, '0') as number from generate_series(0, 9999) n) all_of_them
     where not exists (select from contact_point where value = number) limit 1000`,
  );
  await client.end();
  return rows.map(({ number }) => number);
}

function manner(): Manner {
  const lot = Math.random();
  if (lot < 0.55) return 'answer';
  if (lot < 0.7) return 'ring';
  if (lot < 0.85) return 'busy';
  return lot < 0.92 ? 'decline' : lot < 0.96 ? 'dead' : 'answer at once';
}
