import { type Config, readConfig } from '../platform/config/config.ts';
import { createLog } from '../platform/log/log.ts';
import { startEmbeddedPostgres } from '../platform/postgres/embedded.ts';

/** Reaches the database as it is, of whatever version or empty, and leaves it so; unlike WithHouse. */
export type WithDatabase = <Result>(work: (url: string, config: Config) => Promise<Result>) => Promise<Result>;

/** The configured database; an embedded one that this command had to start is stopped again. */
export const openDatabaseOnly: WithDatabase = async (work) => {
  const config = readConfig({ VISAVIS_LOG: 'error', ...process.env });
  if (config.databaseUrl) return work(config.databaseUrl, config);
  const embedded = await startEmbeddedPostgres(config.dataFolder, createLog(config.logLevel));
  try {
    return await work(embedded.url, config);
  } finally {
    await embedded.stopUnlessUsed();
  }
};
