// The servers some suites talk to, from Debian. Installing is idempotent, never starts a service, and needs no network
// when everything is already there; without root or without a network it says which suites are left out.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** Package, and the file that shows that it is installed. */
export const debianPackages = [
  { name: 'postgresql-15', file: '/usr/lib/postgresql/15/bin/postgres' },
  { name: 'dovecot-imapd', file: '/usr/lib/dovecot/imap' },
  { name: 'openssl', file: '/usr/bin/openssl' },
  { name: 'exim4-daemon-light', file: '/usr/sbin/exim4' },
  { name: 'w3m', file: '/usr/bin/w3m' },
  { name: 'kamailio', file: '/usr/sbin/kamailio' },
  { name: 'kamailio-extra-modules', file: '/usr/lib/x86_64-linux-gnu/kamailio/modules/evapi.so' },
  { name: 'kamailio-tls-modules', file: '/usr/lib/x86_64-linux-gnu/kamailio/modules/tls.so' },
  { name: 'kamailio-sqlite-modules', file: '/usr/lib/x86_64-linux-gnu/kamailio/modules/db_sqlite.so' },
  { name: 'espeak-ng', file: '/usr/bin/espeak-ng' },
  { name: 'sip-tester', file: '/usr/bin/sipp' },
  { name: 'lua5.2', file: '/usr/bin/lua5.2' },
  { name: 'baresip-core', file: '/usr/bin/baresip' },
];

/** Installs what is missing when that is possible. Returns the names of the packages that are still missing. */
export function installDebianPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return [];
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return missing;
  // RUNLEVEL=1: Debian's own scripts then start no service; the tests start private ones.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args) =>
    execFileSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 240_000 });
  try {
    apt('update', '-q');
    apt('install', '-y', '-q', '--no-install-recommends', ...missing);
  } catch (error) {
    process.stderr.write(`Debian packages were not installed (${String(error.message).split('\n')[0]}).\n`);
  }
  return missingPackages();
}

function missingPackages() {
  return debianPackages.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const missing = installDebianPackages();
  if (missing.length > 0)
    process.stderr.write(`Missing: ${missing.join(', ')}. As root, run: apt-get install ${missing.join(' ')}\n`);
  process.exit(missing.length > 0 ? 1 : 0);
}
