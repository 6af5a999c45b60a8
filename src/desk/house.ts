import type { Kysely } from 'kysely';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import type { LiveEvents } from '../platform/events/live.ts';
import type { Log } from '../platform/log/log.ts';
import type { DB } from './tables.ts';
import type { Transact } from './tx.ts';

/** What the composition root hands to every door (web, channels, cli): the running product in one value. */
export interface House {
  config: Config;
  log: Log;
  clock: Clock;
  /** For reads. Changes go through `transact`. */
  db: Kysely<DB>;
  transact: Transact;
  events: LiveEvents;
  /** Key of every signature this installation makes (reply addresses, forms, links). */
  signingKey: Buffer;
  /** Keys it made them with before: believed, never used again. */
  olderKeys: readonly Buffer[];
}
