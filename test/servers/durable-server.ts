import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../src/platform/log/log.ts';
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts';

export interface DurableServer {
  /** Connection string of its empty database. */
  url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL of a test's own, as durable as in production, in a folder that goes with it. */
export async function durableServer(): Promise<DurableServer> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-durable-'));
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres(folder, createLog('error'));
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
