import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedUnusable, noSystemUser } from './words.ts';

const run = promisify(execFile);

/** Whom PostgreSQL runs as: nobody else for an ordinary user; the system user `postgres` for root. */
export interface RunAs {
  ids: { uid: number; gid: number } | { uid?: undefined; gid?: undefined };
}

/** PostgreSQL refuses to run as root; then the user `postgres` is used, and made where Debian has not made it. */
export async function findRunAs(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { ids: {} };
  const found = await idsOf('postgres');
  if (found) return { ids: found };
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await run('useradd', [...flags, 'postgres']).catch(() => undefined);
  const made = await idsOf('postgres');
  if (!made) throw new EmbeddedUnusable(noSystemUser);
  return { ids: made };
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const ask = async (flag: string) => Number((await run('id', [flag, name])).stdout);
  return Promise.all([ask('-u'), ask('-g')]).then(
    ([uid, gid]) => ({ uid, gid }),
    () => undefined,
  );
}

/** True when the user can walk down every folder to the path. */
export async function isReachableBy(path: string, runAs: RunAs): Promise<boolean> {
  const { uid, gid } = runAs.ids;
  if (uid === undefined) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const facts = await stat(folder);
    const bit = facts.uid === uid ? 0o100 : facts.gid === gid ? 0o010 : 0o001;
    if ((facts.mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
