import { existsSync } from 'node:fs';
import { describe, test } from 'vitest';

/** Programs of Debian that suites talk to: the file that must exist, and the package it comes from. */
const programs = {
  dovecot: { file: '/usr/sbin/dovecot', package: 'dovecot-imapd' },
  openssl: { file: '/usr/bin/openssl', package: 'openssl' },
  postgresql15: { file: '/usr/lib/postgresql/15/bin/postgres', package: 'postgresql-15' },
  exim: { file: '/usr/sbin/exim4', package: 'exim4-daemon-light' },
  w3m: { file: '/usr/bin/w3m', package: 'w3m' },
  kamailio: { file: '/usr/sbin/kamailio', package: 'kamailio' },
  kamailioSqlite: {
    file: '/usr/lib/x86_64-linux-gnu/kamailio/modules/db_sqlite.so',
    package: 'kamailio-sqlite-modules',
  },
  espeak: { file: '/usr/bin/espeak-ng', package: 'espeak-ng' },
  baresip: { file: '/usr/bin/baresip', package: 'baresip-core' },
  lua: { file: '/usr/bin/lua5.2', package: 'lua5.2' },
  sipp: { file: '/usr/bin/sipp', package: 'sip-tester' },
};

/**
 * A suite that needs programs from Debian and root. Where they are missing it is left out with a line that says so;
 * under CI=true that is a failure.
 */
export function suiteNeeding(names: readonly (keyof typeof programs)[], title: string, suite: () => void): void {
  const missing = names.map((name) => programs[name]).filter(({ file }) => !existsSync(file));
  const lacking = [
    ...missing.map((program) => `the Debian package ${program.package}`),
    ...(process.getuid?.() === 0 ? [] : ['root, to start private servers']),
  ];
  if (lacking.length === 0) {
    describe(title, suite);
    return;
  }
  const reason = `left out: "${title}" needs ${lacking.join(' and ')}`;
  process.stderr.write(`${reason}\n`);
  if (process.env.CI === 'true')
    test(title, () => {
      throw new Error(reason);
    });
  else describe.runIf(false)(title, () => test(reason, () => undefined));
}
