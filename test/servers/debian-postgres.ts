import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { idsOf, serverFolder } from './private-server.ts';

const BIN = '/usr/lib/postgresql/15/bin';

/** A private PostgreSQL 15 from Debian, on a Unix socket of its own. */
export function startDebianPostgres(): { url: string; stop(): void } {
  const folder = serverFolder('postgresql');
  const { uid, gid } = idsOf('postgres');
  chownSync(folder, uid, gid);
  const cluster = join(folder, 'cluster');
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(BIN, program), args, {
      uid,
      gid,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { LC_ALL: 'C.UTF-8' },
    });
  run('initdb', '-D', cluster, '-U', 'visavis', '-E', 'UTF8', '--auth=trust', '-N');
  run('pg_ctl', '-D', cluster, '-w', '-l', join(folder, 'log'), '-o', `-c listen_addresses= -k ${folder}`, 'start');
  run('createdb', '-h', folder, '-U', 'visavis', 'visavis');
  return {
    url: `postgresql://visavis@/visavis?host=${encodeURIComponent(folder)}`,
    stop: () => run('pg_ctl', '-D', cluster, '-m', 'immediate', 'stop'),
  };
}
